"""The annual report (条例 arts. 49–50; 国办公开办函〔2021〕30号): figures, the statutory tables, the six sections, the Word file."""
