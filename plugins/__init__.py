"""One folder per place, each that place's regulation as data (地方规章): it knows core.policy and core.kernel only."""
