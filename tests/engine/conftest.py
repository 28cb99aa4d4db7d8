"""The engine's tests share two helpers that lie beside them."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "bargaining")]
