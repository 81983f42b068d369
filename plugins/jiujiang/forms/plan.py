"""The outline of the technical plan, eight chapters, as Annex 2 prints it."""

from core.policy.rules.citations import cite
from core.policy.rules.forms import FormColumn, FormField, FormSection, FormTable, Layout, PaperForm, Rows, Source
from plugins.jiujiang.forms.fields import of_fact, own_words
from plugins.jiujiang.thresholds import MIN_QUOTES

TECHNICAL_PLAN = PaperForm(
    title="项目技术方案",
    layout=Layout.OUTLINE,
    citation=cite("JJ-A2-2"),
    sections=(
        FormSection(
            key="overview",
            title="概述",
            citation=cite("JJ-A2-2-1"),
            sections=(
                FormSection(
                    key="project_overview",
                    title="项目概况",
                    items=(
                        FormField(key="plan_name", title="项目名称", source=Source.CASE, name="title"),
                        of_fact("plan_goals", "建设目标", "goals", required=False),
                        of_fact("plan_tasks", "主要任务", "main_tasks"),
                        of_fact("plan_site", "建设地点", "site"),
                        of_fact("plan_period", "建设工期", "build_period"),
                        of_fact("plan_mode", "建设方式", "build_mode", required=False),
                        of_fact("plan_investment", "总投资", "declared"),
                        of_fact("plan_funding", "资金来源", "funding_source"),
                        of_fact("plan_performance", "绩效目标", "performance_goals"),
                    ),
                ),
                FormSection(
                    key="unit_overview",
                    title="项目应用单位概况",
                    items=(FormField(key="plan_unit", title="应用单位", source=Source.UNIT, name="name"),),
                ),
            ),
        ),
        FormSection(
            key="overall_plan",
            title="数字政府建设总体方案落实情况",
            citation=cite("JJ-A2-2-2"),
            sections=(
                own_words("coordination", "项目统筹建设情况"),
                own_words("five_unifications", "“五统一”原则落实情况"),
                FormSection(
                    key="province_builds",
                    title="“省级主建，市县主用”原则落实情况",
                    items=(of_fact("plan_principle", "落实情况", "principle_statement", space=1),),
                ),
            ),
        ),
        FormSection(
            key="background",
            title="项目建设背景和必要性",
            citation=cite("JJ-A2-2-3"),
            sections=(
                own_words("background_of", "背景"),
                FormSection(
                    key="necessity",
                    title="必要性",
                    items=(of_fact("plan_necessity", "必要性及依据", "necessity_basis"),),
                ),
            ),
        ),
        FormSection(
            key="needs",
            title="项目需求分析",
            citation=cite("JJ-A2-2-4"),
            sections=(
                own_words("present_state", "现状分析"),
                own_words("need_analysis", "需求分析"),
                own_words("content_scale", "建设内容和规模"),
                own_words("outputs", "项目产出方案"),
            ),
        ),
        FormSection(
            key="construction",
            title="项目建设方案",
            citation=cite("JJ-A2-2-5"),
            sections=(
                own_words("overall_scheme", "总体建设方案"),
                own_words("technical_scheme", "技术方案"),
                own_words("digital_scheme", "数字化方案"),
                own_words("security_crypto", "信息安全保障和密码应用方案"),
                own_words("management", "建设管理方案"),
            ),
        ),
        FormSection(
            key="intensive_sharing",
            title="集约化及信息资源共享分析",
            citation=cite("JJ-A2-2-6"),
            sections=(
                FormSection(
                    key="intensive",
                    title="集约化建设",
                    items=(
                        of_fact("plan_platforms", "依托的统一平台", "unified_platforms_used"),
                        FormField(
                            key="plan_cloud",
                            title="政务云资源需求清单",
                            source=Source.PAPER,
                            name="cloud_resource_list",
                        ),
                    ),
                ),
                FormSection(
                    key="sharing",
                    title="信息资源共享",
                    items=(
                        FormField(
                            key="plan_catalogue",
                            title="政务信息资源目录",
                            source=Source.PAPER,
                            name="data_resource_catalogue",
                        ),
                    ),
                ),
            ),
        ),
        FormSection(
            key="investment",
            title="项目投资与财务方案",
            citation=cite("JJ-A2-2-7"),
            sections=(
                FormSection(
                    key="estimate_part",
                    title="投资估算",
                    items=(
                        FormField(key="plan_estimate", title="估算依据", source=Source.PAPER, name="estimate_basis"),
                        of_fact("plan_works", "其中，工程（实施）费用", "works_cost", required=False),
                    ),
                ),
                FormSection(
                    key="funding",
                    title="筹资方案",
                    items=(FormField(key="plan_fund", title="筹资方案", source=Source.PAPER, name="funding_plan"),),
                ),
                FormSection(
                    key="quotes",
                    title="项目报价情况",
                    items=(
                        FormTable(
                            key="quote_table",
                            title="厂商报价",
                            rows=Rows.PAPERS,
                            name="vendor_quotes",
                            minimum=MIN_QUOTES,
                            columns=(FormColumn(key="title", title="报价文件"), FormColumn(key="on", title="日期")),
                        ),
                    ),
                ),
            ),
        ),
        FormSection(key="annexes", title="附表、附图和附件", citation=cite("JJ-A2-2-8")),
    ),
)
