"""What an import did, counted in source rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.contract.problem import Problem
    from data.imports.rehearsal import Preview
    from data.store.merging import Merge

UTF_8 = ("utf-8", "utf-8-sig")
SHOWN = 5  # sentences about refused rows that a report carries; all of them are in the quarantine


@dataclass
class ImportReport:
    """What an import did; ``read = accepted + unchanged + quarantined``.

    Attributes:
        read: rows of the source.
        accepted: rows that added something to the store.
        unchanged: rows that the store had already, and those that the mapping leaves out.
        quarantined: rows that broke the contract.
        tables: contract rows added, by table.
        reasons: refused rows by rule.
        examples: the first sentences about refused rows.
        encodings: how each file was read.
        remarks: sentences on how files were read.
        ignored: files of the folder that the mapping does not read.
        left_out: rows that the mapping's conditions leave out, by file; they are among those unchanged.
        late: contract rows that count as known from their arrival, because scores of a later moment were given.
        merged: records that became part of another of the same company or person, by table.
        preview: of a dry run, what it would do.
        unready: leads taken as qualified although title, consent or next action is missing, because it is history.
        resolved: rows that left the quarantine, because this import brought them otherwise.
        imported: false where all of it was taken back, so that the store is as it was.
    """

    read: int = 0
    accepted: int = 0
    unchanged: int = 0
    quarantined: int = 0
    tables: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    encodings: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    late: int = 0
    merged: Counter[str] = field(default_factory=Counter)
    preview: Preview | None = None
    unready: int = 0
    resolved: int = 0
    imported: bool = True

    def add_chunk(self, rows: int, merge: Merge, refused: list[Problem], file: str) -> None:
        """Count a chunk: its rows, what the merge made of them and, one problem for each, those refused."""
        self.read += rows
        self.accepted += len(merge.changed_rows)
        self.late += merge.late
        self.unready += merge.unready
        self.tables.update({name: count for name, count in merge.changed.items() if count})
        self.add_refused(refused, file)

    def add_refused(self, refused: list[Problem], file: str) -> None:
        """Count rows, read before, that were refused: one problem for each."""
        self.quarantined += len(refused)
        self.unchanged = self.read - self.accepted - self.quarantined
        self.reasons.update(problem.rule for problem in refused)
        self.examples += [problem.sentence(file) for problem in refused[: SHOWN - len(self.examples)]]

    def add_file(self, other: ImportReport) -> None:
        """Count the report of one file in."""
        for name in ("read", "accepted", "unchanged", "quarantined", "late", "unready", "resolved"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.tables.update(other.tables)
        self.reasons.update(other.reasons)
        self.examples += other.examples[: SHOWN - len(self.examples)]
        self.encodings |= other.encodings
        self.left_out.update(other.left_out)
        self.remarks += other.remarks

    def list_notes(self) -> list[str]:
        """Sentences on what the counts mean, on where refused rows are, and on what was read in which way or not."""
        notes = [f"Nothing {'changed' if self.imported else 'would change'}: {self._explain_unchanged()}."]
        notes = notes if self.read and not self.accepted else []
        if self.imported and self.quarantined:
            rows = "1 row is" if self.quarantined == 1 else f"{self.quarantined:,} rows are"
            notes.append(
                f"{rows} in quarantine, each with its reason: write them with callworth quarantine export FILE, mend "
                "them there, then callworth quarantine release FILE."
            )
        if self.resolved:
            rows = f"{self.resolved:,} row{'s' if self.resolved > 1 else ''}"
            notes.append(
                f"{rows} {'left' if self.imported else 'would leave'} the quarantine: this import brought them again, "
                "otherwise than they were refused."
            )
        if self.late:
            notes.append(
                f"{self.late:,} contract rows happened before scores that were given already; they count as known from "
                "now on, so that those scores can still be given again. Where the source knows when, map known_at."
            )
        if self.merged:
            counts = " and ".join(f"{count:,} {name}" for name, count in self.merged.items())
            notes.append(f"Merged into records of the same company or person: {counts}; see callworth duplicates log.")
        notes += [
            f"{file}: {count:,} row{'s are' if count > 1 else ' is'} in no table, as `where` of the mapping says."
            for file, count in self.left_out.items()
            if count
        ]
        if self.unready:
            notes.append(
                f"{self.unready:,} leads came in as qualified without title, consent or next action, because the "
                "mapping says that this is history: callworth hygiene lists those that are still open."
            )
        notes += [f"{file} was read as {name} text." for file, name in self.encodings.items() if name not in UTF_8]
        notes += self.remarks
        if self.ignored:
            notes.append(f"Not read, since the mapping names no such files: {', '.join(self.ignored)}.")
        return notes

    def _explain_unchanged(self) -> str:
        if left_out := self.left_out.total():
            return (
                f"the store has {self.unchanged - left_out:,} of these rows already, the mapping leaves {left_out:,} "
                f"out, and {self.quarantined:,} break the contract"
            )
        if not self.quarantined:
            return "the store has all these rows already"
        if not self.unchanged:
            return "all these rows break the contract"
        return f"the store has {self.unchanged:,} of these rows already, and the others break the contract"

    def as_json(self) -> dict[str, Any]:
        """The report as ``import --json`` prints it."""
        return {
            "read": self.read,
            "accepted": self.accepted,
            "unchanged": self.unchanged,
            "quarantined": self.quarantined,
            "tables": dict(self.tables),
            "reasons": dict(self.reasons),
            "examples": self.examples,
            "encodings": self.encodings,
            "ignored": self.ignored,
            "left_out": dict(+self.left_out),
            "late": self.late,
            "merged": dict(self.merged),
            "unready": self.unready,
            "resolved": self.resolved,
            "imported": self.imported,
            "notes": self.list_notes(),
        } | ({"preview": self.preview.as_json()} if self.preview else {})
