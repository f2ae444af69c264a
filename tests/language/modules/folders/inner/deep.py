name = __name__, __package__
from .. import leaf
