"""The sentences of notices about one entry of one project, in the words of an office (通知用语)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from core.journal import Recorded
from core.kernel.workdays.ledger import chinese_day
from core.notices.gathering import About, Matter, OpenTask
from core.notices.model import Draft, Recipient, Topic
from core.policy.cases.state import Defect
from core.policy.rulebooks.rulebook import Rulebook
from core.policy.rules.actors import PROJECT_UNIT, SUBORDINATE_UNIT
from core.policy.rules.flow import OutcomeKind
from core.policy.wording import TOLD_ENDED

_CONCLUDING = frozenset({"stage:decided", "stage:lodged", "stage:completed", "stage:published"})


class Sentence:
    """The sentences about one entry of one project under its rulebook."""

    def __init__(self, entry: Recorded, about: About, rules: Rulebook) -> None:
        self.entry, self.about, self.rules = entry, about, rules
        self.detail: dict[str, Any] = entry.detail
        self.name = f"《{about.title}》（{about.code}）"

    def unit(self) -> Recipient:
        """The project's own unit."""
        return Recipient(role=PROJECT_UNIT, organisation_id=self.about.unit_id)

    def holder(self, role: str) -> Recipient:
        """Whoever holds a role in this project."""
        own = {PROJECT_UNIT: self.about.unit_id, SUBORDINATE_UNIT: self.about.subordinate_id}
        return Recipient(role=role, organisation_id=own.get(role), tenant_id=self.about.seats.get(role))

    def stage(self, key: str) -> str:
        return self.rules.title_of(key)

    def stage_article(self, key: str) -> str:
        located = self.rules.stage(key, self.about.track)
        return self.rules.article(located[1].citation.rows) if located is not None else ""

    @property
    def is_units_own(self) -> bool:
        """Whether the unit itself acted, and needs not be told."""
        by = self.entry.organisation_id
        return by is not None and by in (self.about.unit_id, self.about.subordinate_id)

    def tasks(self) -> Iterator[Draft]:
        """What has just begun to wait for somebody, if it still waits."""
        opened = set(self.detail.get("opened", ()))
        asked = self.detail.get("stage") if self.entry.kind == "stage:invited" else None
        for task in self.about.tasks:
            invited = task.stage == asked and task.act == "opine"
            if (task.stage in opened or invited) and task.role != self.detail.get("role"):
                yield self._task(task)

    def _task(self, task: OpenTask) -> Draft:
        stage, article = self.stage(task.stage), self._task_article(task)
        until = f"，请于 {chinese_day(task.due_on)}前办理" if task.due_on is not None else "，请及时办理"
        what = "请提出意见" if task.act == "opine" else "待您单位办理"
        return Draft(
            effect=f"task:{task.stage}:{task.ref}:{task.opened_seq}:{task.role}",
            topic=Topic.TASK,
            to=self.holder(task.role),
            subject=f"{self.about.code}“{stage}”{what}",
            body=f"{self.name}进入“{stage}”环节，{what}{until}。{basis(article)}",
            article=article,
            stage=task.stage,
            due_on=task.due_on,
        )

    def _task_article(self, task: OpenTask) -> str:
        limits = [limit for limit in self.rules.limits_at(task.stage) if task.due_on is not None]
        return self.rules.article(limits[0].citation.rows) if limits else self.stage_article(task.stage)

    def result(self, matter: Matter) -> Iterator[Draft]:
        """A conclusion, a return with its reason, or the whole list of defects at once (一次性告知)."""
        if self.entry.kind not in _CONCLUDING or self.is_units_own:
            return
        key, chosen = self.detail.get("stage", ""), self.detail.get("outcome", "")
        located = self.rules.stage(key, self.about.track)
        outcome = located[1].outcome(chosen) if located is not None else None
        stage = self.stage(key)
        words = f"“{outcome.title}”" if outcome is not None else "已办理"
        defects = matter.proof.act.defects if matter.proof is not None else ()
        reason = self.detail.get("reason", "")
        topic = Topic.DECISION
        if outcome is not None and outcome.kind is not OutcomeKind.FORWARD:
            topic = Topic.DEFECTS if defects else Topic.RETURNED
        article = self.stage_article(key)
        why = f"理由：{reason}。" if reason else ""
        yield Draft(
            effect=f"result:{key}",
            topic=topic,
            to=self.unit(),
            subject=f"{self.about.code}“{stage}”结论：{words}",
            body=f"{self.name}“{stage}”环节结论为{words}。{why}{listed(defects)}{basis(article)}",
            article=article,
            stage=key,
        )

    def copies(self, matter: Matter) -> Iterator[Draft]:
        """Papers that the regulation wants copied to somebody (抄送)."""
        papers = matter.proof.act.papers if matter.proof is not None else ()
        for paper in papers:
            kind = self.rules.papers.get(paper.type)
            for role in kind.copies if kind is not None else ():
                if kind is None or role == self.detail.get("role"):
                    continue
                article = self.rules.article(kind.citation.rows)
                yield Draft(
                    effect=f"copy:{paper.type}:{role}",
                    topic=Topic.COPY,
                    to=self.holder(role),
                    subject=f"{self.about.code}抄送：{kind.title}",
                    body=f"{self.name}的“{kind.title}”已送达，抄送您单位知悉，无需办理。{basis(article)}",
                    article=article,
                    stage=self.detail.get("stage", ""),
                )

    def effects(self) -> Iterator[Draft]:
        """Consequences that begin or end with the act (联动后果)."""
        for name, words in (("effects_started", "自即日起生效"), ("effects_ended", "已解除")):
            for key in self.detail.get(name, ()):
                effect = self.rules.effects.get(key)
                if effect is None:
                    continue
                article = self.rules.article(effect.citation.rows)
                yield Draft(
                    effect=f"{name}:{key}",
                    topic=Topic.EFFECT,
                    to=self.unit(),
                    subject=f"{self.about.code}：{effect.title}{words}",
                    body=f"因{self.name}的办理情况，“{effect.title}”{words}。{basis(article)}",
                    article=article,
                )

    def end(self, matter: Matter) -> Iterator[Draft]:
        """A case that is over, told to its unit and to whoever acted on it last."""
        ended = self.detail.get("end", "")
        words = TOLD_ENDED.get(ended)
        if words is None or self.is_units_own:
            return
        reason = matter.proof.end_reason if matter.proof is not None else ""
        yield Draft(
            effect="ended",
            topic=Topic.ENDED,
            to=self.unit(),
            subject=f"{self.about.code}{words}",
            body=f"{self.name}{words}。{reason}",
            stage=self.detail.get("stage", ""),
        )

    def limit(self) -> tuple[str, str]:
        """Title and article of the limit an entry names."""
        found = self.rules.limits.get(self.detail.get("limit", ""))
        return (found.title, self.rules.article(found.citation.rows)) if found is not None else ("办理期限", "")

    def to_both(self, topic: Topic, effect: str, subject: str, body: str) -> Iterator[Draft]:
        """The same to whoever owes the act and to the unit, once each."""
        _, article = self.limit()
        due_on = self.detail.get("due_on")
        for to in {self.holder(self.detail.get("owner", PROJECT_UNIT)), self.unit()}:
            yield Draft(
                effect=f"{effect}:{to.role}",
                topic=topic,
                to=to,
                subject=subject,
                body=f"{body}{basis(article)}",
                article=article,
                stage=self.detail.get("stage", ""),
                due_on=date.fromisoformat(due_on) if due_on else None,
            )


def basis(article: str) -> str:
    """The article a sentence rests on."""
    return f"依据：{article}。" if article else ""


def listed(defects: tuple[Defect, ...]) -> str:
    """All defects at once, numbered."""
    lines = [f"（{number}）{defect.text}" for number, defect in enumerate(defects, 1)]
    return f"需补正 {len(lines)} 项：{'；'.join(lines)}。" if lines else ""
