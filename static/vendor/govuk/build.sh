#!/bin/sh
# Compiles GOV.UK Frontend for this project. For maintainers only: the result is committed, so that nobody who
# runs the planner needs Node.js. Run it after changing a version or a colour below, then read the diff:
#
#     static/vendor/govuk/build.sh
#
set -eu

GOVUK_FRONTEND=6.6.0
SASS=1.108.2
ESBUILD=0.28.2

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

printf '{"private": true}\n' > package.json
npm install --silent --no-audit --no-fund --save-exact \
    "govuk-frontend@$GOVUK_FRONTEND" "sass@$SASS" "esbuild@$ESBUILD"

# Only the components in use, to keep the page light. Guidance for services away from GOV.UK is to leave out its
# font, crown, crest and blue, hence the Arial stack and the teal below.
cat > planner.scss <<'SCSS'
@use "sass:color";

$teal: #0c5a66;
$teal-dark: #08424b;
$teal-darkest: #062f36;
$teal-tint: #eff5f5;
$teal-mid: #8fb6bc;

@use "govuk-frontend/dist/govuk/base" as * with (
  $govuk-font-family: (arial, "Helvetica Neue", helvetica, sans-serif),
  $govuk-include-default-font-face: false,
  $govuk-images-path: "images/",
  $govuk-global-styles: true,
  $govuk-button-background-colour: $teal,
  $govuk-functional-colours: (
    "brand": $teal,
    "link": $teal,
    "link-hover": $teal-darkest,
    "template-background": #ffffff,
    "surface-background": $teal-tint,
    "surface-border": $teal-mid
  )
);

@use "govuk-frontend/dist/govuk/core";
@use "govuk-frontend/dist/govuk/objects";

@use "govuk-frontend/dist/govuk/components/back-link";
@use "govuk-frontend/dist/govuk/components/breadcrumbs";
@use "govuk-frontend/dist/govuk/components/button";
@use "govuk-frontend/dist/govuk/components/character-count";
@use "govuk-frontend/dist/govuk/components/checkboxes";
@use "govuk-frontend/dist/govuk/components/date-input";
@use "govuk-frontend/dist/govuk/components/details";
@use "govuk-frontend/dist/govuk/components/error-message";
@use "govuk-frontend/dist/govuk/components/error-summary";
@use "govuk-frontend/dist/govuk/components/fieldset";
@use "govuk-frontend/dist/govuk/components/file-upload";
@use "govuk-frontend/dist/govuk/components/hint";
@use "govuk-frontend/dist/govuk/components/input";
@use "govuk-frontend/dist/govuk/components/inset-text";
@use "govuk-frontend/dist/govuk/components/label";
@use "govuk-frontend/dist/govuk/components/notification-banner";
@use "govuk-frontend/dist/govuk/components/pagination";
@use "govuk-frontend/dist/govuk/components/panel";
@use "govuk-frontend/dist/govuk/components/phase-banner";
@use "govuk-frontend/dist/govuk/components/radios";
@use "govuk-frontend/dist/govuk/components/select";
@use "govuk-frontend/dist/govuk/components/service-navigation";
@use "govuk-frontend/dist/govuk/components/skip-link";
@use "govuk-frontend/dist/govuk/components/summary-list";
@use "govuk-frontend/dist/govuk/components/table";
@use "govuk-frontend/dist/govuk/components/tag";
@use "govuk-frontend/dist/govuk/components/textarea";
@use "govuk-frontend/dist/govuk/components/warning-text";

@use "govuk-frontend/dist/govuk/utilities";
@use "govuk-frontend/dist/govuk/overrides";

// The library takes the button's background from us but keeps green for its hover and shadow.
.govuk-button:not(.govuk-button--secondary, .govuk-button--warning, .govuk-button--inverse) {
  &:not(:focus) { box-shadow: 0 2px 0 $teal-darkest; }
  &:hover { background-color: $teal-dark; }
  &[disabled]:hover { background-color: $teal; }
}

// An uncoloured tag is blue in the library; ours is quiet and takes its accent from us.
.govuk-tag:not([class*="govuk-tag--"]) {
  color: $teal-dark;
  background-color: color.mix($teal-tint, $teal-mid, 60%);
}
SCSS

# Named imports let esbuild drop every component that is not used.
cat > planner.js <<'JS'
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, createAll
} from 'govuk-frontend'

for (const component of [
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink
]) {
  createAll(component)
}
JS

npx sass --no-source-map --style=compressed --quiet-deps --load-path=node_modules planner.scss planner.css
npx esbuild planner.css --minify --legal-comments=none --log-level=warning --outfile=govuk-frontend.min.css
npx esbuild planner.js --bundle --minify --format=iife --target=es2019 --legal-comments=none \
    --log-level=warning --outfile=govuk.min.js

# Lighter by an eighth: rules that nothing here uses, and fallbacks for colours that the same file always defines.
sed -i -E \
    -e 's/\.govuk-\\!-static[^{}]*\{[^{}]*\}//g' \
    -e 's/\.govuk-file-upload-button[^{},]*(,\.govuk-file-upload-button[^{},]*)*\{[^{}]*\}//g' \
    -e 's/@media[^{}]*\{\}//g' \
    -e 's/var\((--govuk-[a-z-]+-colour), ?#[0-9a-f]{3,8}\)/var(\1)/g' \
    govuk-frontend.min.css

# Collecting static files stops at a map that is not shipped.
sed -i 's@/[/*]# sourceMappingURL=[^*]*\(\*/\)\{0,1\}@@' govuk-frontend.min.css govuk.min.js

# What must never be committed: fonts we have no licence for, anything fetched from elsewhere, the Crown's marks,
# and script that a strict content security policy would refuse.
refuse() {
    if grep -qE "$1" "$2"; then
        echo "build.sh: $2 holds $3; nothing was copied" >&2
        exit 1
    fi
}
refuse '@font-face|GDS Transport' govuk-frontend.min.css 'a font that is not ours to serve'
refuse 'url\(|@import' govuk-frontend.min.css 'a link to another file (copy the image and relax this check if it is needed)'
refuse 'https?://[a-z]' govuk-frontend.min.css 'an address outside the project'
refuse 'brand-colour:#1d70b8|link-colour:#1a65a6' govuk-frontend.min.css 'the blue of GOV.UK as its accent'
refuse 'eval\(|new Function|sourceMappingURL' govuk.min.js 'script that the content security policy refuses'
refuse 'sourceMappingURL' govuk-frontend.min.css 'a link to a map that is not shipped'

at_most() {
    size=$(wc -c < "$2")
    if [ "$size" -gt "$1" ]; then
        echo "build.sh: $2 is $size bytes, more than $1; nothing was copied" >&2
        exit 1
    fi
}
at_most 100000 govuk-frontend.min.css
at_most 30720 govuk.min.js

cp govuk-frontend.min.css govuk.min.js "$here/"

cd "$here"
{
    echo '# What is in this folder'
    echo
    echo "GOV.UK Frontend $GOVUK_FRONTEND (npm package \`govuk-frontend\`), MIT, licence text in \`LICENSE\`."
    echo 'Written by `build.sh`; do not edit the two files by hand.'
    echo
    echo "Compiled with sass $SASS and bundled with esbuild $ESBUILD. Only the components in use, an Arial stack, our own"
    echo 'teal in place of the blue of GOV.UK. No font, crown, crest, logo or other image is included.'
    echo
    echo '| file | bytes | sha256 |'
    echo '| --- | --- | --- |'
    for file in govuk-frontend.min.css govuk.min.js LICENSE; do
        echo "| \`$file\` | $(wc -c < "$file") | \`$(sha256sum "$file" | cut -d' ' -f1)\` |"
    done
} > VERSIONS.md
cat VERSIONS.md
