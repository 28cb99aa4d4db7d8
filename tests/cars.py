"""The car-emission example of bueno_de_mesquita1994: years wanted, capability, salience."""

import numpy as np

CARS = {
    "Netherlands": (4, 0.08, 0.8),
    "Belgium": (7, 0.08, 0.4),
    "Luxembourg": (4, 0.03, 0.2),
    "Germany": (4, 0.16, 0.8),
    "France": (10, 0.16, 0.6),
    "Italy": (10, 0.16, 0.6),
    "UK": (10, 0.16, 0.9),
    "Ireland": (7, 0.05, 0.1),
    "Denmark": (4, 0.05, 1.0),
    "Greece": (7, 0.08, 0.7),
}
YEARS, POWER, CARE = (np.array(column, float) for column in zip(*CARS.values(), strict=True))
