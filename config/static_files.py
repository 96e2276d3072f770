"""Static files in production: named after their content, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    # The modules of the table's script import each other by name: those names have to be the hashed ones too.
    support_js_module_import_aggregation = True
