"""A checker for Russian «дорожные карты»: deadlines, people and the gaps between plans."""

__version__ = "0.1.0"
