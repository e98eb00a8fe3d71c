"""What is deployed: rendered manifests, the pipeline and its scripts."""
