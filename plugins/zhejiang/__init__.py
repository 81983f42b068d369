"""Zhejiang Province (浙江省): "innovate in one place, share across the province", trial measures.

Jurisdiction
    The whole province: its departments, cities, counties. Demand is raised anywhere and climbs level by level; the
    ledger 一本账, the project library 项目库 and the application market are kept once, by the province, for all.

Documents in force
    《数字政府系统“一地创新、全省共享”机制实施办法（试行）》, printed and issued with a notice of the General Office of
    the Zhejiang People's Government (浙江省人民政府办公厅). The text at hand shows neither document number nor date.

Effective from
    Not stated in the text at hand, nor is an end of validity: `effective_on` and `expires_on` stay empty and nothing is
    refused for being early or late. Thresholds hold from ever.

References
----------
    The measures rest on the leading group's requirement to manage major applications in one ledger (一本账). They name
    and do not contain: the delivery norm, the listing norm, the rules on who may take government service contracts,
    the limit of government procurement, technical standards. Each is a slot or a parameter.

Limitations
    The flow chart (附件) is missing; the order of part three is taken. The names of the three lists (三张清单) and the
    required formats are not in the text. Quality of demand, safety of delivery and the weight of encouragements are
    judged by people. Acquisition in the market (free reuse, price, purchase mode, who pays for operation) is given as
    data and pure functions; the market itself performs it. The text has no rule on change, suspension or withdrawal:
    core's defaults stand, and nothing pauses the three months after the delivery date.

"""
