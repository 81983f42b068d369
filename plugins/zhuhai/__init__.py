"""Zhuhai (珠海市): the challenge mechanism for government IT (揭榜制), and what its digital-government plan demands.

Jurisdiction
    City (地级市) under Guangdong. The challenge track is the city's alone; the plan also binds its districts.

Documents in force
    《珠海市政务信息化揭榜制项目工作指引（试行）》, 珠政数管〔2025〕119号 (ZBGS-2025-31), city data bureau with the consent of
    the city government, 2025-09-19: package `jiebang`, rows ZH-*.
    《珠海市数字政府改革建设“十四五”规划》, 珠政数管〔2022〕18号, leading group, 2022-02-02: package `plan`, rows ZHP-*.

Effective from
    The guidelines from 2025-09-19 for two years, read as until 2027-09-18 (ZH-Q11). The plan covers 2021 to 2025; for
    projects created later its refusals become hints (ZH-Q12).

By reference
    《珠海市市级政务信息化项目管理办法》 owns changes, process management, acceptance, procurement of results and the
    ordinary track. Its text is not supplied: each such point is a slot with a minimal stand-in, shown as such.

Limitations
    The time for reporting an acceptance (art. 13) is nowhere stated: no due date is shown. What sensitive data, a
    city public body and excellent mean is not defined: a person says so and the plugin records it. The copy of the
    guidelines used carries a foreign host line in its foot and is to be compared with the official publication.
    Chapter 8 of the plan lacks its heading, box 14, the indicator table and most figures.
"""
