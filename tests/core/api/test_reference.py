"""The page of the API: complete, and asking no other host for anything."""

import re

from tests.core.api.conftest import District
from tests.core.api.walking import described, operations


async def test_the_page_shows_every_operation_and_loads_from_this_host_only(district: District) -> None:
    page = await district.client.get("/api/docs")
    assert page.headers["content-type"].startswith("text/html")
    for name in operations(described()):
        assert f'id="{name}"' in page.text
    loaded = re.findall(r'(?:src|href)="([^"#][^"]*)"', page.text)
    assert all(address.startswith("/") for address in loaded), loaded
    for address in set(loaded):
        assert (await district.client.get(address)).status_code == 200, address
    assert "<script>" not in page.text
    assert " on" not in {match[:3] for match in re.findall(r" on\w+=", page.text)}


async def test_the_description_is_served_where_the_page_says(district: District) -> None:
    answer = await district.client.get("/api/v1/openapi.json")
    assert answer.json()["openapi"].startswith("3.1")
    assert set(operations(answer.json())) == set(operations(described()))
