"""Runs commands in one transaction and steps BPMN; speaks FEEL and DMN; knows no HTTP and no city."""
