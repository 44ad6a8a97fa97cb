//! A gazetteer: streets, districts and points of a town, and where a text names them. Pure.
