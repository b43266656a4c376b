"""The medical line: on all that is about a disease, on nothing else."""

from __future__ import annotations

import pytest

from bot.retrieval import Quoter

MEDICAL = """
渐冻症能治好吗|漸凍症能治好嗎|Can ALS be cured?
白血病能治吗|白血病能治嗎|Can leukemia be treated?
帕金森能治吗|帕金森能治嗎|Is Parkinson's treatable?
还能活几年|還能活幾年|How many years do patients live?
这个治疗安全吗|這個治療安全嗎|Is this treatment safe?
我该不该停药|我該不該停藥|Should I stop my medication?
渐冻症试验怎么报名|漸凍症試驗怎麼報名|How do I join the ALS trial?
CAR-T一针多少钱|CAR-T一針多少錢|How much does CAR-T cost?
红斑狼疮的治疗效果怎么样|紅斑狼瘡的治療效果怎麼樣|How well does lupus treatment work?
淋巴瘤复发了怎么办|淋巴瘤復發了怎麼辦|My lymphoma relapsed, what now?
艾米迈托赛治什么病|艾米邁托賽治什麼病|What disease does amimestrocel treat?
有什么副作用|有什麼副作用|What are the side effects?
实体肿瘤治疗难在哪里|實體腫瘤治療難在哪裡|Why are solid tumors hard to treat?
渐冻症患者打了几针|漸凍症患者打了幾針|How many ALS patients were injected?
肺癌可以用细胞治疗吗|肺癌可以用細胞治療嗎|Can lung cancer be treated with cells?
移植后排异用什么药|移植後排異用什麼藥|Which drug for GVHD?
骨髓瘤批准了吗|骨髓瘤批准了嗎|Is it approved for myeloma?
糖尿病能用干细胞治吗|糖尿病能用幹細胞治嗎|Can stem cells treat diabetes?
血小板低怎么治|血小板低怎麼治|How is thrombocytopenia treated?
治疗失败的病人有多少|治療失敗的病人有多少|How many patients failed treatment?
受试者完全缓解了吗|受試者完全緩解了嗎|Did a trial participant reach complete remission?
Treg怎么打进去|Treg怎麼打進去|How are Treg cells injected?
鞘内注射疼不疼|鞘內注射疼不疼|Does the injection hurt?
细胞治疗医保报销吗|細胞治療醫保報銷嗎|Is cell therapy covered for patients?
我妈得了肝癌能治吗|我媽得了肝癌能治嗎|My mother has liver cancer, can it be treated?
临床试验收小孩吗|臨床試驗收小孩嗎|Do the clinical trials take children?
癌症晚期还有救吗|癌症晚期還有救嗎|Is there hope in late-stage cancer?
药什么时候上市的|藥物什麼時候上市|When was the drug approved?
CAR-T有几款来自中国|CAR-T有幾款來自中國|How many CAR-T therapies are from China?
红斑狼疮患者随访了多久|紅斑狼瘡患者隨訪了多久|How long was the lupus patient followed?
自身免疫病能治吗|自身免疫病能治嗎|Can autoimmune disease be treated?
渐冻症的研究现在怎么样了|漸凍症的研究現在怎麼樣了|How is the ALS study going?
什么是细胞治疗|什麼是細胞治療|What is cell therapy?
渐冻症的存活率是多少|漸凍症的存活率是多少|What is the survival rate in ALS?
老年痴呆能用吗|老年痴呆能用嗎|Does it help dementia?
治好过几个病人|治好過幾個病人|How many patients were cured?
化疗和细胞治疗哪个好|化療和細胞治療哪個好|Chemotherapy or cell therapy?
病人症状缓解了吗|病人症狀緩解了嗎|Did the patient's symptoms improve?
阿尔茨海默有药吗|阿爾茨海默有藥嗎|Is there a drug for Alzheimer's?
激素治疗失败了还有什么药|激素治療失敗了還有什麼藥|What drug is left when steroid treatment fails?
"""

ORDINARY = """
张毅哪年回国的|張毅的座右銘是什麼|Where did Zhang Yi study?|李峰去了哪个大学|杨黎什么时候去的美国
张震去了哪个国家|胡说八道俱乐部是什么|西瓜时间是什么|这篇文章是谁写的|图片是谁提供的
张毅是哪里人|张毅大学在哪里读的|他的导师是谁|團隊有多少人|培养了多少研究生
发表了多少论文|承担了多少国家自然科学基金项目
What is the title of this article?|中原实验室什么时候揭牌|谁牵头组建了中原实验室
张毅在实验室担任什么职务|技术转让了多少钱|和哪家公司签的协议|获得了什么奖|这个奖有什么地位
张毅为什么当科学家|他怎么看数据造假|张毅怎么鼓励学生|钢铁是怎样炼成的作者是谁|张超奇现在在哪里工作
李苗苗在哪里读书|Who wrote the testimony?|张毅教什么课|学生好找工作吗|张毅多大年纪了
他在比利时跟谁学习|What is his motto?|專利有幾項|报道哪天见报|谢谢
"""


@pytest.mark.parametrize("question", [q for q in MEDICAL.replace("\n", "|").split("|") if q])
def test_the_medical_line_stands_on_every_question_about_a_disease(
    quoter: Quoter, question: str
) -> None:
    """In all scripts and languages, answered or not."""
    assert quoter.ask(question).care.medical or quoter.ask(question).care.distress


@pytest.mark.parametrize("question", [q for q in ORDINARY.replace("\n", "|").split("|") if q])
def test_no_other_question_bears_it(quoter: Quoter, question: str) -> None:
    """Somebody's life, papers, prizes and students are no medicine."""
    assert not quoter.ask(question).care.medical


@pytest.mark.parametrize(
    "question",
    [
        "格列卫能不能停",
        "血小板才二十怎么办",
        "肌酐高要不要紧",
        "做骨穿疼不疼",
    ],
)
def test_no_list_has_to_name_what_is_medical(quoter: Quoter, question: str) -> None:
    """Drugs, symptoms, laboratory values and procedures, by words alone."""
    assert quoter.ask(question).care.medical
