"""The only place that reads YAML and Markdown: values with their line and column."""
