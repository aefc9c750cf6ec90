"""The decisions about notes, activities and iterations, and about taking back: what `domain.decide` calls."""
