"""The application form of Annex 2, with the two items Article 18 asks for and the printed form lacks (JJ-Q24)."""

from core.policy.rules.citations import cite, reading
from core.policy.rules.forms import FormField, FormSection, PaperForm, Source
from plugins.jiujiang.forms.fields import of_fact

APPLICATION_FORM = PaperForm(
    title="九江市数字化项目申报表",
    citation=cite("JJ-A2-1"),
    sections=(
        FormSection(
            key="head",
            title="申报信息",
            items=(
                FormField(key="applicant", title="申报单位（盖章）", source=Source.UNIT, name="name"),
                FormField(key="application_date", title="申报时间", source=Source.STAGE, name="annual_application"),
            ),
        ),
        FormSection(
            key="project",
            title="项目情况",
            items=(
                FormField(key="project_name", title="项目名称", source=Source.CASE, name="title"),
                FormField(key="application_unit", title="应用单位", source=Source.UNIT, name="name"),
                of_fact("site", "建设地点"),
                of_fact("build_period", "建设时间"),
                of_fact("project_leader", "项目负责人", required=False),
                of_fact("contact", "联系方式", required=False),
                of_fact("total_investment", "总投资", "declared"),
                of_fact("works_cost", "其中，工程（实施）费用", required=False),
                of_fact("main_tasks", "主要任务", space=1),
                of_fact("performance_goals", "项目绩效目标", space=1),
                of_fact("necessity_basis", "必要性及建设（实施）依据", space=1),
                of_fact("method_reason", "实施方式及原因", space=1),
            ),
            citation=reading("JJ-Q24", "JJ-18-1", "JJ-A2-1"),
        ),
        FormSection(
            key="opinion",
            title="主管部门意见",
            items=(FormField(key="authority_opinion", title="主管部门意见（盖章）　年　月　日", source=Source.HAND),),
        ),
    ),
)
