"""What the plan asks of the system a project builds: where it stands, what it reuses, its data, its security."""

from core.policy.rules.citations import cite
from core.policy.rules.values import Fact, FactType
from plugins.zhuhai.plan.facts.shapes import asked_flag, choice, flag, several, text

# Common capabilities nobody builds for himself (第九节 9.3), each with the rows that say so.
CAPABILITIES = {
    "identity": ("统一身份认证", ("ZHP-2-4-1", "ZHP-3-4-1")),
    "e_licence": ("电子证照", ("ZHP-2-4-1", "ZHP-3-4-1")),
    "e_seal": ("电子签章、电子签名", ("ZHP-2-4-1", "ZHP-3-4-1")),
    "geo": ("地理信息公共服务（一张图）", ("ZHP-2-4-1", "ZHP-3-4-1")),
    "payment": ("非税支付", ("ZHP-3-4-1",)),
    "credit": ("信用信息共享", ("ZHP-3-4-1",)),
    "customer_service": ("智能客服", ("ZHP-3-4-1",)),
    "logistics": ("物流", ("ZHP-3-4-1",)),
    "sensing_assets": ("感知资产管理", ("ZHP-3-4-1",)),
    "video_sharing": ("视频和感知数据共享管理", ("ZHP-3-4-1",)),
    "blockchain": ("区块链基础平台", ("ZHP-2-4-6", "ZHP-2-4-10", "ZHP-9-1-7")),
    "ai": ("人工智能平台", ("ZHP-2-4-6", "ZHP-2-4-10", "ZHP-9-1-7")),
    "office": ("协同办公平台", ("ZHP-2-4-10",)),
    "data_exchange": ("数据共享交换平台", ("ZHP-2-4-10",)),
    "cim": ("城市信息模型（CIM）", ("ZHP-9-1-7",)),
    "iot_security": ("物联网安全", ("ZHP-9-1-7",)),
    "visualisation": ("数据分析与可视化", ("ZHP-9-2-5",)),
    "multiparty": ("多方安全计算", ("ZHP-9-2-5",)),
    "mobile": ("移动公共服务", ("ZHP-3-4-1",)),
}

SYSTEM_FACTS = (
    choice(
        "deployment", "部署方式", cite("ZHP-2-4-3", "ZHP-2-4-9", "ZHP-9-1-6"), ("city_gov_cloud", "市政务云"),
        ("city_gov_cloud_domestic", "国产化政务云"), ("other", "其他"), ("none", "不部署系统"), required=True, standing=True,
    ),
    flag("builds_or_leases_data_room", "自建或租用机房", cite("ZHP-2-4-2", "ZHP-2-4-8")),
    flag("builds_cloud_or_datacenter", "自建云平台或大数据中心", cite("ZHP-2-4-2", "ZHP-2-4-8")),
    several(
        "own_common_capabilities", "自建的公共支撑能力", cite("ZHP-3-4-1", "ZHP-2-4-6"),
        *((key, title) for key, (title, _) in CAPABILITIES.items()),
    ),
    text("duplicates_system_of", "与之功能重复的统建系统", cite("ZHP-2-2-5")),
    flag("builds_subject_library", "建设主题库", cite("ZHP-3-5-1")),
    flag("is_subject_lead", "主题库的牵头部门", cite("ZHP-3-5-1")),
    asked_flag("on_gov_extranet", "接入政务外网", cite("ZHP-2-3-1", "ZHP-2-4-5")),
    flag("new_private_network", "新建业务专网", cite("ZHP-2-4-5")),
    Fact(
        key="data_resources", title="数据资源（名称：级别、共享、开放属性）", type=FactType.RECORD, default={}, has_default=True,
        asked_at="declaration", citation=cite("ZHP-8-1-4", "ZHP-8-2-1", "ZHP-8-3-1"),
    ),
    asked_flag("connects_datacenter", "接入市大数据中心", cite("ZHP-2-4-7", "ZHP-9-2-1")),
    asked_flag("in_sharing_directory", "编入共享目录", cite("ZHP-9-2-2")),
    flag("offsite_deployment", "部署在外地", cite("ZHP-9-2-3")),
    flag("local_data_retention", "数据在本地留存", cite("ZHP-9-2-3")),
    text("data_security_responsible", "数据安全责任人", cite("ZHP-3-5-3")),
    flag("is_base_platform", "数字政府基础平台", cite("ZHP-9-3-1")),
    Fact(
        key="mlps_level", title="等级保护级别", type=FactType.INTEGER, asked_at="declaration",
        citation=cite("ZHP-3-6-2", "ZHP-9-3-1", "ZHP-9-3-5"),
    ),
    flag("is_cii", "关键信息基础设施", cite("ZHP-9-3-5")),
    flag("crypto_applied", "已应用密码", cite("ZHP-9-3-4")),
    flag("crypto_assessment", "已做密码应用安全性评估", cite("ZHP-9-3-4")),
    flag("crypto_from_city_pool", "使用市密码资源池", cite("ZHP-3-6-3")),
    asked_flag("unified_identity", "接入统一身份和零信任访问控制", cite("ZHP-9-3-3")),
    flag("handles_personal_data", "处理个人信息", cite("ZHP-9-3-2")),
    text("privacy_statement", "隐私保护说明", cite("ZHP-9-3-2")),
    flag("iot_devices", "含物联网设备", cite("ZHP-9-1-5")),
    flag("iot_devices_registered", "物联网设备已在感知资产平台登记", cite("ZHP-9-1-5")),
    flag("video_platform", "自建视频和感知数据平台", cite("ZHP-9-2-4")),
    # The same matters as a bidder states them in his own plan, by the keys above: every plan is read by itself.
    Fact(
        key="plan_system", title="方案中的部署与安全情况", type=FactType.RECORD, entered_by=("intending_bidder", "project_unit"),
        asked_at="plan_preparation", scope="entry", citation=cite("ZHP-2-4-3", "ZHP-3-4-1", "ZHP-9-3-5"),
    ),
)  # fmt: skip
