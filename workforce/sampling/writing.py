"""Made-up files on disk: a folder with the files and `truth.json`, or such a folder for each date of a series."""

import json

from workforce.sampling.cells import write_csv


def folder_of(recipe, folder, day):
    return folder if recipe.returns == 1 else folder / str(day)


def write_folder(folder, tables, truth, *, quoted=False):
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_csv(table, folder / truth["files"][name], quoted=quoted)
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
