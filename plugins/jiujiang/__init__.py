"""Jiujiang (江西省九江市): digital projects of city and counties, trial measure of 2024.

Jurisdiction
    City (市) under Jiangxi, with its counties, districts and functional zones by reference. Counties' projects from two
    million yuan climb to the city's pool and joint review; those over the limit also to the province.

Documents in force
    《九江市数字化项目建设管理办法(试行)》. The published page (中国九江网, 000014349/2024-00550, 2024-05-24) shows neither number
    nor issuer nor day of issue; the number is left empty, the issuer inferred from the measure it repeals,
    九府办发〔2019〕29号.

Effective from
    2024-05-24 (day of publication, the latest possible), valid for two years to 2026-05-24. After that no new case is
    created until an authorised person records a renewal or successor with its number; running cases go on.

Limitations
    Annex 1 (flow chart) is an image missing from the page; stages are reconstructed from the articles. Changes follow
    the city's rules on government investment, which are not part of the text: no percentage and no authority is
    invented. Classified projects leave a number and ticks only. Whether a demand is split, a system idle, a project
    "major", or a delay the unit's fault is a person's verdict. The text has no article on an application market, on
    attempts, withdrawal, suspension or termination: nothing is added, and the platform's neutral withdrawal is marked.
"""
