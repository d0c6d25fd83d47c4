//! Native packs.
