"""Two contracts → one Word file with native tracked changes, and the proof that it is right."""

from contract_builder.compare.redline.frames import FrameSide, tell_frame_changes
from contract_builder.compare.redline.joining import find_obstacles
from contract_builder.compare.redline.proof import (
    RedlineProof,
    proof_data,
    prove_redline,
    render_proof,
)
from contract_builder.compare.redline.redline import (
    Delivered,
    Redline,
    check_author,
    render_compared,
    render_redline,
)

__all__ = [
    "Delivered",
    "FrameSide",
    "Redline",
    "RedlineProof",
    "check_author",
    "find_obstacles",
    "proof_data",
    "prove_redline",
    "render_compared",
    "render_proof",
    "render_redline",
    "tell_frame_changes",
]
