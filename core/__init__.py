"""Core runs the life of government IT projects (政务信息化项目) for any place, and knows no place.

Storeys, each importing only those to its right; the channels ignore one another::

    app > web | api | worker | cli > entrance > notices > market > calls > stages > registers
        > documents > projects > people > journal > policy > kernel

Glossary: one English word per idea. The third column holds words that would be a second name for it; a test
reads this table and refuses them in the name of any file, class, function or argument.

| term | 中文 | not | what it is |
|---|---|---|---|
| jurisdiction | 辖区 | | A place whose regulation a plugin carries; not the same as a tenant. |
| tenant | 租户 | | One place that lives by a regulation, with its own data behind the wall. |
| organisation | 机构 | organization | A body with names over time, to which roles are bound. |
| project_unit | 项目单位 | applicant_unit | The organisation that applies for a project and builds it. |
| vendor | 供应商 | supplier | A firm that answers calls or holds a contract. |
| role | 角色 | | What an organisation may do in a procedure, as the regulation names it. |
| actor | 办理人 | | A signed-in person acting for an organisation, with the roles that gives. |
| regulation | 管理办法 | bylaw | A text with an article for each rule, in force between dates. |
| edition | 版本 | | One state of a regulation, with the day it came into force. |
| overlay | 版本覆盖 | | A module that answers before an older edition, and so makes a later one. |
| rulebook | 规则集 | ruleset | An edition composed with a tenant's options: fixed, and hashed. |
| comparison | 各地对比 | | One project's facts through several regulations, side by side. |
| supposition | 假设 | | Figures or choices other than those in force, by which past projects are judged again. |
| citation | 依据 | | The article, open point or core default that a rule object rests on. |
| provenance | 依据性质 | | How firmly the text carries a rule: text, reading, other text, our default. |
| option | 解释选项 | | A reading of an open point that a tenant may choose. |
| parameter | 参数 | | A dated value that stands outside the text of the regulation. |
| slot | 空位 | | A place another text must fill; shown as open until it is. |
| track | 流程类型 | | The way a kind of project goes, made of segments. |
| segment | 流程段 | | A part of a track with its own stages. |
| stage | 环节 | phase | One step that waits for one body's act. |
| run | 环节办理 | | One attempt of one stage. |
| outcome | 结论 | | How a stage ended, and where the project goes from there. |
| gate | 检查 | checkpoint | A condition that may stop an act. |
| finding | 检查结果 | | What a gate says about one act: block, warn or note. |
| waiver | 例外 | exemption | Lifting one rule for one case by a named role, with reason and paper. |
| effect | 联动后果 | sanction | A consequence that follows from history, with start, end and cure. |
| decision | 判定 | | The answer to one act: accepted or not, what it changes, all findings. |
| receipt | 判定回执 | | What is kept of a decision, so that it can be replayed. |
| case | 案卷 | dossier_case | The frozen snapshot that a decision is made on. |
| standing | 状态 | | What follows today from the history of a case. |
| paper | 材料 | | Something handed in that a stage asks for. |
| document | 文书 | | A paper as we keep it: type, versions, file, seals. |
| defect | 缺陷 | shortcoming | One thing a review found wanting; all are named at once. |
| opinion | 意见 | | What one reviewer said in one review. |
| referral | 转办 | | The right to act on another tenant's project, for a stage and a time. |
| register | 名录 | | A dated list that rules refer to: experts, pools, catalogues. |
| amount | 金额口径 | | One figure of a project on the ladder from declared to paid. |
| threshold | 限额 | | A value of the regulation that splits or bounds amounts, days or counts. |
| fen | 分 | cents | The unit of money: an integer. |
| call | 发榜 | | A published request that vendors answer. |
| posting | 公开信息 | bulletin | A call, public notice or publication at its permanent address, for everybody. |
| entry | 参加主体 | | One party's part in a case, a consortium being one: its own facts, papers, runs and end. |
| join | 汇合 | | What the common line needs of its entries before it goes on. |
| objection | 异议 | | What is said against a public notice: in time or late, open, dismissed or upheld. |
| running_total | 年度累计 | | A sum over the cases of a year that the next act is held against. |
| submission | 公众提交 | | An objection or an answer sent in without an account. |
| paper_form | 表样 | | The form of a paper as data, filled from what the case knows. |
| round | 批次 | | One collection of demands or plans for a year. |
| system | 系统 | | What a project builds; it has a lineage of projects. |
| listing | 上架条目 | | The public face of a system in the market. |
| reuse | 复用 | | Using another region's system instead of building one. |
| journal | 流水 | audit_log | Audit trail, timeline and outbox in one: append-only. |
| limit | 期限 | | How long something may, must or must not take, by an article. |
| workday | 工作日 | business_day, working_day | A day offices work: make-up days included, holidays not. |
| day_off | 休息日 | rest_day | A weekend or holiday on which no last day can fall that rolls. |
| make_up | 调休上班 | | A weekend day worked in exchange for a holiday. |
| calendar | 工作日历 | | What each day is, by announcement and by a tenant's amendments. |
| amendment | 日历更正 | | One day a tenant set itself, with reason and source. |
| ledger | 期限台账 | | A due date with everything that led to it. |
| due_on | 到期日 | deadline_on, due_date | The last day of a limit; the act is in time on it. |
| pause | 中止 | suspension | A span of days that a limit does not count. |
| pause_rule | 扣除事由 | | The ground on which a limit may be paused: an act, or another stage being open. |
| renewal | 续期 | | A record that a regulation goes on, or which one has replaced it, with its number. |
| transition | 过渡规定 | | What a text says of cases begun before it. |
| admission | 入库 | | A case's own entry in a register, with the last day it is good for. |
| by_reference | 参照执行 | | A track on which a rulebook holds by analogy: counterpart bodies, softer findings. |
| shared_register | 共享登记簿 | | A register whose published entries every tenant below its keeper's reads. |
| reach | 及于下级 | | How far down the tree a gate or register holds: its own tenant, or every descendant. |
| lapse | 到期失效 | | What the end of a limit changes by itself, on its day, whether or not a job has run. |
| deemed | 视同 | | A paper that counts as handed in because of an earlier result. |
| extension | 延期 | prolongation | A later last day, from its acceptance on. |
| roll | 顺延 | | Moving a last day off days off to the next workday. |
| provisional | 暂定 | | Reckoned for a year whose days off are not announced yet. |
"""
