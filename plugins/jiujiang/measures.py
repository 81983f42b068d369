"""What decides the path and the limits: level, owner, kind, category and the amount that counts at the time (第四十二条)."""

from core.policy.cases.case import Case

PURCHASES = frozenset({"service", "equipment"})
_HIGH = frozenset({"infrastructure", "cross_integration"})


def amount(case: Case) -> int:
    """The amount that counts: fixed by the decision; before it, the total investment declared (JJ-Q06)."""
    confirmed = case.find("confirmed")
    return int(confirmed) if confirmed is not None else case.amount("declared")


def is_county(case: Case) -> bool:
    """A unit of a county, district or functional zone."""
    return bool(case.fact("unit_level") == "county")


def is_enterprise(case: Case) -> bool:
    """The owner is supervised by the municipal SASAC."""
    return bool(case.fact("owner_type") == "municipal_soe")


def is_build(case: Case) -> bool:
    """A building project (建设类)."""
    return bool(case.find("project_kind") == "build")


def is_purchase(case: Case) -> bool:
    """A purchase of services or equipment."""
    return case.find("project_kind") in PURCHASES


def is_above(case: Case, value: int) -> bool:
    """Whether an amount is over the limit for the case's category (限额以上); exactly the limit is over it (JJ-Q07)."""
    if case.fact("project_kind") == "om":
        return False
    return value >= case.threshold("limit_infra_cross" if case.fact("category") in _HIGH else "limit_other")


def over_limit(case: Case) -> bool:
    """Over the limit of Article 42."""
    return is_above(case, amount(case))


def below_limit(case: Case) -> bool:
    """Not over the limit of Article 42."""
    return not over_limit(case)


def climbs(case: Case) -> bool:
    """A county project that goes up to the city (第十二、二十一条)."""
    return amount(case) >= case.threshold("county_city_min")


def tier_of(case: Case, value: int) -> str:
    """The size tier of an amount: full, merged or small."""
    if value < case.threshold("small_below"):
        return "small"
    return "merged" if value < case.threshold("merge_below") else "full"


def tier(case: Case) -> str:
    """The tier whose papers the case follows; an owner may decline to merge them (JJ-Q09)."""
    found = tier_of(case, amount(case))
    return "full" if found == "merged" and case.fact("keeps_full_papers") else found


def skips_pool(case: Case) -> bool:
    """A major deployment of the state, the province or the city need not be in the pool (第十七条)."""
    return bool(case.fact("major_deployment"))


def major_public(case: Case) -> bool:
    """Reserved for the data bureau (第十五条)."""
    return case.fact("public_platform") == "public" or bool(case.fact("major_public_project"))


def by_data_bureau(case: Case) -> bool:
    """The data bureau applies for it, or is to own it."""
    return bool(case.fact("applicant_is_data_bureau") or case.fact("owner_is_data_bureau"))


def overdue(case: Case) -> int:
    """The overdue working days of the units that count: their sum, or the longest single delay (JJ-Q22)."""
    tally = case.delay("preliminary_delay")
    single = case.option("delay_mode") == "single"
    return max((delay.overdue for delay in tally.delays), default=0) if single else tally.total
