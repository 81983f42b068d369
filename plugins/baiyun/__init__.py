"""Baiyun District, Guangzhou (广州市白云区): government-investment IT projects, 2024 edition.

Jurisdiction
    District (区) under Guangzhou. No approval step ever leaves the district; of the city only its expert library
    is used. Town governments and subdistrict offices are project units like any other first-level budget unit.

Documents in force
    《广州市白云区政府投资信息化项目管理办法(2024版)》, 云府办〔2024〕167号, Office of the People's Government of Baiyun
    District, printed and issued 2024-10-29, published by the district government (item post_9946904). It repeals the
    2023 edition, 云府办〔2023〕28号, which is not part of this plugin.

Effective from
    2024-10-29 (the day of issue, art. 62; the notice itself is dated 2024-10-25). No end of validity is stated.

Limitations
    The two lists of annex 2 (in scope, out of scope) are missing from the published text: they are parameters, and
    while they are empty the bureau decides in the plan review. Forms named but not attached (申报表, 立项需求自查表,
    项目备案表, 采购需求自查表, 验收备案材料清单) are files without a field list. An officer must still judge duplication,
    splitting, fit with the district's goals, and the lawfulness of changes during implementation; the plugin records
    those verdicts and acts on them. Liability (arts. 27, 29), cost bearing (39, 47, 52) and running security duties
    (29(4), 57) have no behaviour. Mature (art. 58) is read as: build system that has passed final acceptance.
"""
