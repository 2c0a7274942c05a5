"""The artefact: everything that a score needs, in text, JSON and Parquet, each file with its hash.

Nothing in it is pickled. A file whose hash is not the one in the manifest is not read.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data.errors import ArtefactRejected
from features import Attribute, FeatureSchema
from training.amounts import Amounts
from training.explanation.scale import Scale, scale_reference
from training.intervals.intervals import Intervals, read_intervals, write_intervals
from training.model.close_model import CloseModel, Timing
from training.model.curve import Curve
from training.model.drift import Drift
from training.model.score_files import read_score

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

MANIFEST = "manifest.json"
WINNING = "winning"


@dataclass(frozen=True)
class Artefact:
    """One version of the model with all that belongs to it.

    Attributes:
        model: the close model.
        schema: columns and category codes of its matrix.
        attributes: the free attributes that it reads.
        amounts: expected amounts.
        reference: a sample of the training questions: raw features, categories without a code as
            ``(other)``, ``probability`` and ``question``, for the monthly check.
        scale: of the score for people, fitted on the reference.
        facts: trained as of when, on what, how good; plain JSON values.
        version: of the registry; empty before it is registered.
        intervals: how sure it is; None where that was not asked, or not yet when it was trained.
    """

    model: CloseModel
    schema: FeatureSchema
    attributes: tuple[Attribute, ...]
    amounts: Amounts
    reference: pd.DataFrame
    scale: Scale
    facts: dict[str, Any] = field(default_factory=dict)
    version: str = ""
    intervals: Intervals | None = None

    def predict(self, matrix: NDArray[Any]) -> NDArray[Any]:
        """P(won within 90, 180 and 365 days) of encoded rows: (n, 3)."""
        return self.model.predict(matrix)

    def bound(self, probability: NDArray[Any], campaign: pd.Series) -> tuple[NDArray[Any], NDArray[Any]]:
        """Ends of an 80 % interval of each probability of winning within 365 days (n,), NaN without intervals."""
        if self.intervals is None:
            return np.full(len(probability), np.nan), np.full(len(probability), np.nan)
        return self.intervals.bound(probability, campaign)


def write_artefact(artefact: Artefact, folder: Path) -> str:
    """Write the files of an artefact and their manifest.

    Returns:
        The SHA-256 of the manifest, which stands for the whole artefact.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model = artefact.model
    texts = model.winning.files(WINNING)
    if (timing := model.timing) is not None:
        _write_json(folder / "timing.json", asdict(timing))
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    _write_json(folder / "calibration.json", {"level": model.level})
    (folder / "schema.json").write_text(artefact.schema.to_json(), encoding="utf-8")
    _write_json(folder / "attributes.json", [asdict(each) for each in artefact.attributes])
    _write_json(folder / "amounts.json", asdict(artefact.amounts))
    _write_json(folder / "scale.json", asdict(artefact.scale))
    _write_json(folder / "facts.json", artefact.facts)
    if artefact.intervals is not None:
        _write_json(folder / "intervals.json", write_intervals(artefact.intervals))
    artefact.reference.to_parquet(folder / "reference.parquet", index=False)
    hashes = {path.name: _hash(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}
    _write_json(folder / MANIFEST, hashes)
    return _hash(folder / MANIFEST)


def read_artefact(folder: Path, manifest_hash: str, version: str) -> Artefact:
    """Read an artefact, each file only after its hash was found right.

    Args:
        folder: with the files.
        manifest_hash: as the registry keeps it.
        version: of the registry.

    Raises:
        ArtefactRejected: a file is missing, or is not the one that was registered.
    """
    manifest = json.loads(_read(folder, MANIFEST, manifest_hash, version))
    files = {name: _read(folder, name, expected, version) for name, expected in manifest.items()}
    level = float(json.loads(files["calibration.json"])["level"])
    model = CloseModel(
        read_score(WINNING, files), level, _read_timing(files, version) if "timing.json" in files else None
    )
    reference = pd.read_parquet(BytesIO(files["reference.parquet"]))
    return Artefact(
        model=model,
        schema=FeatureSchema.from_json(files["schema.json"].decode()),
        attributes=tuple(Attribute(**each) for each in json.loads(files["attributes.json"])),
        amounts=Amounts(json.loads(files["amounts.json"])["by_campaign"]),
        reference=reference,
        scale=_read_scale(files, reference),
        facts=json.loads(files["facts.json"]),
        version=version,
        intervals=read_intervals(files["intervals.json"].decode()) if "intervals.json" in files else None,
    )


def _read_scale(files: dict[str, bytes], reference: pd.DataFrame) -> Scale:
    if "scale.json" not in files:  # of a version that was registered before scores had a scale
        return scale_reference(reference)
    return Scale(tuple(json.loads(files["scale.json"])["thresholds"]))


def _read_timing(files: dict[str, bytes], version: str) -> Timing:
    content = json.loads(files["timing.json"])
    if "won" not in content:
        raise ArtefactRejected(
            f"model version {version} was trained by an older callworth, whose rates this one cannot read; "
            "run callworth train."
        )
    won = Curve(tuple(map(tuple, content.pop("won")["per_day"])))
    season = tuple(map(tuple, content.pop("season")))
    drift = content.pop("drift")
    return Timing(won, drift=Drift(**drift | {"season": tuple(drift["season"])}), season=season, **content)


def _read(folder: Path, name: str, expected: str, version: str) -> bytes:
    path = folder / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ArtefactRejected(
            f"model version {version}: the file {path} cannot be read ({error.strerror}); restore it or roll back."
        ) from error
    if sha256(content).hexdigest() != expected:
        raise ArtefactRejected(
            f"model version {version}: the file {path} is not the one that was registered (its hash differs); "
            "restore it or roll back to another version."
        )
    return content


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
