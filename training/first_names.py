"""Makes the reader's table of first names and the pronoun that goes with them.

    python -m training.first_names --entities DIR

Facts only: the given names and recorded genders of members of the US Congress and executive
(unitedstates/congress-legislators, CC0) and of heads of state and government since 1921 (REIGN, MIT). A name stays
when at least 95 % of its bearers are of one gender. A short list of our own adds given names that these lack.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

COMMON_HE = """
    adam ahmed ahmad alain albert alberto aleksandar aleksandr aleksei alex alexander alexei alexis ali alistair
    anatoly anders andre andreas andrei andrej andriy angelo antonio antony arash artem arthur bashar ben benjamin
    bernard bogdan boris borys brian bruno carl carlos charles chris christian christophe claude craig damian daniel
    darko david denis diego dieter dmitri dmitry dmytro donald edward emil emmanuel enrico eric erik ernst evgeny
    fabio felix ferenc fernando filip florian francesco francisco francois frank frans franz frederik fyodor gabriel
    george georges gerhard giorgio giovanni giuseppe goran gordon graham grigory guido gustav hamid hans harald
    hassan heinrich helmut henri henrik hugo hussein ibrahim igor ilya ivan ivo jack jacques jakob jakub jan javier
    jean jens jeremy jiri joao johan johannes john jonas jorge jose josef josep joseph juan julian jurgen kamal
    karel karim karl kevin khalid kirill klaus konstantin kurt lars laurent leon leonid levan lorenzo louis luca
    lucas ludwig luis luka magnus mahmoud marc marcel marco marcus marek mario marius mark markus martin mateusz
    matteo matthias maxim mehmet michael michel miguel mihail mikhail miklos mikko milan milos mohamed mohammad
    mohammed muhammad murat mustafa mykhailo nicolas niels nikita nikola nikolai nikolaus oleg oleh oleksandr
    oleksiy olivier omar oscar oskar otto pablo paolo pascal patrick paul paulo pavel pavlo pawel pedro per peter
    petr philip philippe pierre piotr radoslaw rafael ralf ramon recep reinhard rene riccardo richard robert roberto
    roland roman ruslan salman samir sebastian serge sergei sergey sergio serhiy simon slavko sorin stanislav stefan
    stefano stephane steve steven sven taras tayyip theo thierry thomas tim tobias tom tomas tomasz tony umberto uwe
    vadim valentin valery vasily victor viktor vitali vitaly vlad vladimir vladislav volker volodymyr vyacheslav
    walter werner wilhelm wolfgang xavier yaroslav yevgeny yuri yusuf yves zoltan zoran
""".split()
COMMON_SHE = """
    agnes agnieszka aisha alena alexandra alice alina alla amelie amina anastasia andrea angela anja anne anneli
    annalena antonia barbara beata beatrice brigitte camilla carla carmen carolina caroline catherine cecilia
    chantal charlotte chiara christina christine claire clara claudia cristina dagmar daniela daria diana dominique
    dora dorothea edith elena eleonora elisabeth elise elizabeth ella elsa emilia emily emma erika erna esther eva
    eve evelyn fatima federica fiona florence francesca francoise frida galina giorgia giulia grace greta hanna
    hannah heather heidi helen helena helga henrietta ida ilse inga ingrid irena irene irina iryna isabel isabella
    ivana jacinda jana jane janet jasmin jelena jennifer joanna johanna judith julia juliette karin karina kateryna
    katharina katherine katja kristin kristina larisa latifa laura lea leila lena lidia lina linda lisa liudmila liz
    lucia ludmila luisa lyudmila magdalena maja manuela margaret margarita margrethe maria mariana marina marion
    marta martha mary mathilde maya mette michelle mila milena miriam monica monika nadia nadine nancy natalia
    natalie natasha nicola nina olena olga oksana paola patricia paula petra rachel raisa rebecca regina renata rita
    rosa ruth sabina sabine sanna sara sarah selma sigrid silvia simone sofia sonia sophie stella stephanie susan
    susanne svetlana svitlana sylvia tamara tanja tatiana teresa theresa tereza ulrike ursula valentina valerie vera
    veronica victoria viktoria viola virginia yana yulia zuzana
""".split()
"""Given names common in the world's news that the tables above hold too few of; spelt as English news spells them."""

TARGET = Path(__file__).resolve().parent.parent / "src" / "onrecord" / "reading" / "first_names.tsv"


def congress(path: Path) -> list[tuple[str, str]]:
    """(first name, M or F) of a legislators file, whose YAML is regular enough to read by line."""
    found, first = [], []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if m := re.match(r"    (?:first|nickname): '?\"?([^\W\d_]{2,})'?\"?\s*$", line):
            first.append(m.group(1))
        elif m := re.match(r"    gender: ([MF])", line):
            found.extend((name, m.group(1)) for name in first)
            first = []
        elif line.startswith("- id:"):
            first = []
    return found


def leaders(path: Path) -> list[tuple[str, str]]:
    """(first name, M or F) of leaders whose list entry gives more than a surname."""
    found = []
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            words = row["leader"].split()
            if len(words) > 1 and row["gender"] in ("0", "1") and words[0].isalpha() and len(words[0]) > 2:
                found.append((words[0], "M" if row["gender"] == "1" else "F"))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=Path, required=True)
    args = parser.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    rows = [row for path in sorted((args.entities / "us-congress").glob("*.yaml")) for row in congress(path)]
    for path in sorted((args.entities / "reign").rglob("leaderlist*.csv")):
        rows += leaders(path)
    for name, gender in rows:
        counts[name.casefold()][gender] += 1
    for names, gender in ((COMMON_HE, "M"), (COMMON_SHE, "F")):
        for name in names:
            counts[name] = counts[name] or Counter({gender: 1})
    lines = []
    for name, seen in sorted(counts.items()):
        gender, most = seen.most_common(1)[0]
        if most >= 0.95 * seen.total():
            lines.append(f"{name}\t{'he' if gender == 'M' else 'she'}\n")
    TARGET.write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} names in {TARGET.name}")


if __name__ == "__main__":
    main()
