"""Every query about what periodic jobs have done."""

from core.kernel.database import UnitOfWork


async def find_mark(uow: UnitOfWork, job: str) -> str | None:
    found: str | None = await uow.fetchval(
        "SELECT mark FROM job_mark WHERE tenant_id = $1 AND job = $2", uow.require_tenant(), job
    )
    return found


async def put_mark(uow: UnitOfWork, job: str, mark: str) -> None:
    await uow.execute(
        """INSERT INTO job_mark (tenant_id, job, mark, done_at) VALUES ($1, $2, $3, now())
        ON CONFLICT (tenant_id, job) DO UPDATE SET mark = excluded.mark, done_at = excluded.done_at""",
        *(uow.require_tenant(), job, mark),
    )
