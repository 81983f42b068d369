"""Who is told what about a journal entry. Pure: what it needs is gathered before.

Nobody is told what he has just done himself. A new task goes to whoever holds its role; results, defects, returns and
ends to the project's unit; copies to whom the regulation names; limits to whoever owes the act and to the unit.
"""

from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from core.journal import Recorded
from core.kernel.workdays.ledger import chinese_day
from core.notices.gathering import Matter
from core.notices.model import ADMINISTRATION, Draft, Recipient, Told, Topic
from core.notices.sentences import Sentence, basis


def compose(matter: Matter) -> Told:
    """The notices of one entry; none for most of what the journal keeps."""
    entry, about = matter.entry, matter.about
    drafts = {draft.effect: draft for draft in _drafts(matter)}
    return Told(
        entry_id=entry.id,
        on=entry.on,
        project_id=about.id if about is not None else None,
        code=about.code if about is not None else "",
        title=about.title if about is not None else "",
        drafts=tuple(drafts.values()),
    )


def own_part(told: Told) -> Told:
    """What of it bodies of the project's own tenant are told."""
    return msgspec.structs.replace(told, drafts=tuple(draft for draft in told.drafts if draft.to.tenant_id is None))


def _drafts(matter: Matter) -> Iterator[Draft]:
    speaker = _SPEAKERS.get(matter.entry.kind)
    if speaker is not None:
        yield from speaker(matter.entry)
    about, rules = matter.about, matter.rules
    if about is None or rules is None:
        return
    sentence = Sentence(matter.entry, about, rules)
    yield from sentence.tasks()
    yield from sentence.result(matter)
    yield from sentence.copies(matter)
    yield from sentence.effects()
    yield from sentence.end(matter)
    own = _ABOUT_PROJECTS.get(matter.entry.kind)
    if own is not None:
        yield from own(sentence)


def _deadline(topic: Topic, words: str) -> Callable[[Sentence], Iterator[Draft]]:
    def speak(sentence: Sentence) -> Iterator[Draft]:
        title, _ = sentence.limit()
        due = chinese_day(date.fromisoformat(sentence.detail["due_on"]))
        owner = sentence.rules.roles.get(sentence.detail.get("owner", ""))
        who = f"（责任单位：{owner.title}）" if owner is not None else ""
        subject = f"{sentence.about.code}“{title}”{words}"
        body = f"{sentence.name}“{title}”期限{who}到期日为 {due}，{words}，请尽快办理。"
        return sentence.to_both(topic, "deadline", subject, body)

    return speak


def _moved(sentence: Sentence) -> Iterator[Draft]:
    for number, move in enumerate(sentence.detail.get("moved", ())):
        limit = sentence.rules.limits.get(move["limit"])
        title = limit.title if limit is not None else "办理期限"
        old, new = (chinese_day(date.fromisoformat(move[key])) if move[key] else "暂无" for key in ("old", "new"))
        body = f"因工作日历更正，{sentence.name}“{title}”的到期日由 {old}调整为 {new}。"
        for to in {sentence.holder(move["owner"]), sentence.unit()}:
            yield Draft(
                effect=f"moved:{number}:{to.role}",
                topic=Topic.DEADLINE_MOVED,
                to=to,
                subject=f"{sentence.about.code}“{title}”到期日调整",
                body=body + basis(sentence.rules.article(limit.citation.rows) if limit is not None else ""),
                stage=move["stage"],
                due_on=date.fromisoformat(move["new"]) if move["new"] else None,
            )


def _rules_moved(words: str) -> Callable[[Sentence], Iterator[Draft]]:
    """A project goes on under another edition: its unit is told, with the reason."""

    def speak(sentence: Sentence) -> Iterator[Draft]:
        text = next(iter(sentence.rules.regulations.values()))
        told = f"《{text.title}》（{text.number}）" if text.number else f"《{text.title}》"
        reason = sentence.detail.get("reason", "")
        yield Draft(
            effect="rules_moved",
            topic=Topic.SYSTEM,
            to=sentence.unit(),
            subject=f"{sentence.about.code}适用的办法版本已调整",
            body=f"{sentence.name}{words}{told}办理，已经办理的事项不变，请查看后续环节和期限。理由：{reason}。",
        )

    return speak


def _stopped(words: str) -> Callable[[Sentence], Iterator[Draft]]:
    def speak(sentence: Sentence) -> Iterator[Draft]:
        if sentence.is_units_own:
            return
        stage, reason = sentence.stage(sentence.detail.get("stage", "")), sentence.detail.get("reason", "")
        why = f"理由：{reason}。" if reason else ""
        yield Draft(
            effect="paused",
            topic=Topic.PAUSED,
            to=sentence.unit(),
            subject=f"{sentence.about.code}“{stage}”期限{words}",
            body=f"{sentence.name}“{stage}”环节的办理期限{words}。{why}",
            stage=sentence.detail.get("stage", ""),
        )

    return speak


def _sent_in(what: str, asked: str) -> Callable[[Sentence], Iterator[Draft]]:
    """What came in from outside, told to whoever answers for the stage; nothing of who sent it."""

    def speak(sentence: Sentence) -> Iterator[Draft]:
        key = sentence.detail.get("stage", "")
        located = sentence.rules.stage(key, sentence.about.track)
        late = "（已逾公示期）" if sentence.detail.get("late") else ""
        for role in located[1].actors if located is not None else ():
            yield Draft(
                effect=f"sent_in:{sentence.entry.subject}:{role}",
                topic=Topic.TASK,
                to=sentence.holder(role),
                subject=f"{sentence.about.code}“{sentence.stage(key)}”收到{what}",
                body=f"{sentence.name}“{sentence.stage(key)}”收到{what}{late}，{asked}。"
                f"{basis(sentence.stage_article(key))}",
                article=sentence.stage_article(key),
                stage=key,
            )

    return speak


_LISTING = {"duty": "按规定应当上架", "invitation": "鼓励上架供其他单位复用"}


def _listing(sentence: Sentence) -> Iterator[Draft]:
    words = _LISTING.get(sentence.detail.get("force", ""))
    if words is not None:
        article, platform = sentence.detail.get("article", ""), sentence.detail.get("platform", "") or "应用市场"
        yield Draft(
            effect="listing",
            topic=Topic.LISTING,
            to=sentence.unit(),
            subject=f"{sentence.about.code}{words}",
            body=f"{sentence.name}已通过验收，{words}（{platform}）。上架草稿已按项目资料生成，请核对。{basis(article)}",
            article=article,
        )


def _disabled(entry: Recorded) -> Iterator[Draft]:
    title = entry.detail.get("title", "")
    yield Draft(
        effect="webhook_disabled",
        topic=Topic.SYSTEM,
        to=Recipient(role=f"{ADMINISTRATION}system"),
        subject=f"事件订阅“{title}”已停用",
        body=f"事件订阅“{title}”连续 {entry.detail.get('failures')} 次推送失败，已自动停用；未送达的事件予以保留，"
        "排除故障后请重新启用。",
    )


_SPEAKERS: dict[str, Callable[[Recorded], Iterator[Draft]]] = {"webhook:disabled": _disabled}
_ABOUT_PROJECTS: dict[str, Callable[[Sentence], Iterator[Draft]]] = {
    "deadline:near": _deadline(Topic.DEADLINE_NEAR, "即将到期"),
    "deadline:passed": _deadline(Topic.DEADLINE_PASSED, "已逾期"),
    "deadline:moved": _moved,
    "project:moved": _rules_moved("调整为按"),
    "project:move_undone": _rules_moved("恢复为按"),
    "stage:paused": _stopped("已中止"),
    "stage:resumed": _stopped("恢复计算"),
    "market:draft_opened": _listing,
    "submission:objection": _sent_in("异议", "请核实并作出处理"),
    "submission:answer": _sent_in("应答", "请核对后决定是否接纳"),
}
