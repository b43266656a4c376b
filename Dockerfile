# The bot as an image: the lock file's packages, the code and the article; no compiler, no root.
#
#   docker build -t quoting-bot .

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.lock /tmp/requirements.lock
# Every package by its hash: what was tested is what is installed.
RUN /opt/venv/bin/pip install --require-hashes --requirement /tmp/requirements.lock

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN groupadd --gid 10001 bot \
 && useradd --uid 10001 --gid bot --no-create-home --home-dir /app --shell /usr/sbin/nologin bot \
 && mkdir -p /var/lib/quoting-bot/cache \
 && chown -R bot:bot /var/lib/quoting-bot
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY pyproject.toml LICENSE ./
COPY seeds seeds
COPY data data
COPY bot bot
# Compiled here, for a read-only container cannot; and an image with a stale index is none.
RUN python -m compileall -q bot && python -m bot index --check
# All that is kept is in the volume; the code may be read-only.
ENV BOT_DATABASE_URL=sqlite:////var/lib/quoting-bot/store.sqlite3 \
    BOT_CACHE_DIR=/var/lib/quoting-bot/cache
USER bot
VOLUME /var/lib/quoting-bot
EXPOSE 8080 9090
# SIGTERM ends it within five seconds.
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
