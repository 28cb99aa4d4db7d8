"""The phases as the Mesa form plays them, part by part: without the checks of the rules.

Whoever calls a rule from Python has its arguments checked. In a run the engine has seen to them,
and the Mesa form plays the same bare functions as the kernel does.
"""

from minsksim._compiled.twins import bare
from minsksim.engine.bargaining import lever_payoff as _lever_payoff
from minsksim.engine.phases import act as _act
from minsksim.engine.phases import bargain as _bargain
from minsksim.engine.phases import coerce as _coerce
from minsksim.engine.phases import deliver as _deliver
from minsksim.engine.phases import influence as _influence
from minsksim.engine.phases import perceive as _perceive

act, bargain, coerce, deliver = map(bare, (_act, _bargain, _coerce, _deliver))
influence, lever_payoff, perceive = map(bare, (_influence, _lever_payoff, _perceive))
