#!/usr/bin/env bash
# newleaf in a pipeline: newleaf-ci.sh plan | apply | rotate | drift
#
# Runs newleaf and carries its result to where people look: a comment on the pull request (one, updated in place), the
# job summary, one issue for drift. Works on GitHub Actions and GitLab CI; without either it only runs newleaf.
# Needs bash, curl, jq and newleaf (NEWLEAF_BIN, default: newleaf on PATH).
#
#   NEWLEAF_FILE        the desired state (default: newleaf.yaml); every option of newleaf is a variable like this
#   NEWLEAF_CI_NAME     tells plans of several files apart (default: the file's name)
#   NEWLEAF_CI_TOKEN    may write comments and issues; without it nothing is posted
#   NEWLEAF_CI_USER     whose comments are updated (default on GitHub: github-actions[bot])
#   NEWLEAF_CI_WITHIN   drift: what must not end within this time (default: 21d)
set -euo pipefail

newleaf=${NEWLEAF_BIN:-newleaf}
file=${NEWLEAF_FILE:-newleaf.yaml}
name=${NEWLEAF_CI_NAME:-$(basename "$file" .yaml)}
export NEWLEAF_FILE=$file

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '%s\n' "newleaf-ci: $1" >&2; }

# Runs newleaf and keeps its exit status in $status: a status is an answer here, not the end of the script.
run() {
  status=0
  "$newleaf" "$@" || status=$?
}

# --- talking to GitHub or GitLab; the token never is an argument, since arguments can be seen by every process --------

api() { # METHOD URL [BODY-FILE]
  curl --silent --show-error --fail-with-body --retry 3 --max-time 60 --request "$1" --header "@$work/headers" \
    ${3:+--data-binary "@$3"} "$2"
}

headers() {
  (
    umask 077
    printf '%s\n' "$1" 'Content-Type: application/json' 'Accept: application/json' >"$work/headers"
  )
}

# Prints the id of the first entry whose text begins with the marker and that the given user wrote; nothing if none.
find_marked() { # URL-WITH-QUERY TEXT-KEY USER-KEY USER ID-KEY
  local page=1 found
  while :; do
    api GET "$1&per_page=100&page=$page" >"$work/page.json"
    found=$(jq -r --arg marker "$marker" --arg text "$2" --arg key "$3" --arg user "$4" --arg id "$5" \
      '[.[] | select((.[$text] // "") | startswith($marker))
            | select($user == "" or ((.user // .author)[$key] == $user)) | .[$id]] | first // empty' "$work/page.json")
    if [ -n "$found" ]; then
      printf '%s\n' "$found"
      return
    fi
    [ "$(jq length "$work/page.json")" -eq 100 ] || return 0
    page=$((page + 1))
  done
}

github_comment() { # MARKDOWN-FILE
  local base=${GITHUB_API_URL:-https://api.github.com}/repos/$GITHUB_REPOSITORY number id
  number=$(jq -r '.pull_request.number // empty' "$GITHUB_EVENT_PATH")
  [ -n "$number" ] || { say "this run belongs to no pull request; no comment."; return; }
  jq -Rs '{body: .}' "$1" >"$work/body.json"
  id=$(find_marked "$base/issues/$number/comments?" body login "${NEWLEAF_CI_USER:-github-actions[bot]}" id)
  if [ -n "$id" ]; then
    api PATCH "$base/issues/comments/$id" "$work/body.json" >/dev/null
    say "updated the comment on pull request $number."
  else
    api POST "$base/issues/$number/comments" "$work/body.json" >/dev/null
    say "commented on pull request $number."
  fi
}

gitlab_comment() { # MARKDOWN-FILE
  [ -n "${CI_MERGE_REQUEST_IID:-}" ] || { say "this run belongs to no merge request; no note."; return; }
  local base="$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes" id
  jq -Rs '{body: .}' "$1" >"$work/body.json"
  id=$(find_marked "$base?order_by=created_at&sort=asc" body username "${NEWLEAF_CI_USER:-}" id)
  if [ -n "$id" ]; then
    api PUT "$base/$id" "$work/body.json" >/dev/null
    say "updated the note on merge request $CI_MERGE_REQUEST_IID."
  else
    api POST "$base" "$work/body.json" >/dev/null
    say "wrote a note on merge request $CI_MERGE_REQUEST_IID."
  fi
}

comment() { # MARKDOWN-FILE
  marker="<!-- newleaf:plan:$name -->"
  case $(platform) in
    github) github_comment "$1" ;;
    gitlab) gitlab_comment "$1" ;;
    none) ;;
  esac
}

# One issue, found by its marker: opened or updated while there is something, closed when there is nothing any more.
issue() { # open|close MARKDOWN-FILE
  local base list user key text state id
  marker="<!-- newleaf:drift:$name -->"
  case $(platform) in
    github)
      base=${GITHUB_API_URL:-https://api.github.com}/repos/$GITHUB_REPOSITORY/issues
      list="$base?state=open" user=${NEWLEAF_CI_USER:-github-actions[bot]} key=login text=body id=number
      state='{state: "closed"}'
      ;;
    gitlab)
      base=$CI_API_V4_URL/projects/$CI_PROJECT_ID/issues
      list="$base?state=opened" user=${NEWLEAF_CI_USER:-} key=username text=description id=iid
      state='{state_event: "close"}'
      ;;
    none) return ;;
  esac
  local number method=PATCH
  [ "$text" = body ] || method=PUT
  number=$(find_marked "$list" "$text" "$key" "$user" "$id")
  if [ "$1" = close ]; then
    [ -z "$number" ] || {
      jq -n "$state" >"$work/body.json"
      api "$method" "$base/$number" "$work/body.json" >/dev/null
      say "closed issue $number."
    }
    return
  fi
  jq -Rs --arg key "$text" --arg title "newleaf: drift of $name" '{title: $title, ($key): .}' "$2" >"$work/body.json"
  if [ -n "$number" ]; then
    api "$method" "$base/$number" "$work/body.json" >/dev/null
    say "updated issue $number."
  else
    api POST "$base" "$work/body.json" >/dev/null
    say "opened an issue."
  fi
}

platform() {
  if [ -z "${NEWLEAF_CI_TOKEN:-}" ]; then
    printf 'none\n'
  elif [ -n "${GITHUB_ACTIONS:-}" ]; then
    headers "Authorization: Bearer $NEWLEAF_CI_TOKEN"
    printf 'github\n'
  elif [ -n "${GITLAB_CI:-}" ]; then
    headers "PRIVATE-TOKEN: $NEWLEAF_CI_TOKEN"
    printf 'gitlab\n'
  else
    printf 'none\n'
  fi
}

summary() { # MARKDOWN-FILE
  [ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat "$1" >>"$GITHUB_STEP_SUMMARY"
}

output() { # KEY VALUE
  [ -z "${GITHUB_OUTPUT:-}" ] || printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

# --- the four jobs ----------------------------------------------------------------------------------------------------

plan() {
  run plan --out newleaf-plan.json --md newleaf-plan.md --name "$name" --detailed-exitcode
  # 7: the plan is there and can not be applied as things are; it is shown, and the job fails
  case $status in
    0 | 2 | 3 | 7)
      summary newleaf-plan.md
      output digest "$(jq -r .digest newleaf-plan.json)"
      output changes "$([ "$status" -eq 0 ] && echo false || echo true)"
      comment newleaf-plan.md
      ;;
    *) return "$status" ;;
  esac
  [ "$status" -ne 7 ] || return 7
}

# Exit status 3 (the rest waits at a gate) is success: the hourly job goes on.
applied() {
  output waiting "$([ "$status" -eq 3 ] && echo true || echo false)"
  [ "$status" -ne 3 ] || status=0
  return "$status"
}

apply() {
  run apply "${1:-newleaf-plan.json}" --until gate --detailed-exitcode
  applied
}

rotate() {
  run apply --continue --until gate --detailed-exitcode
  applied
}

drift() {
  run drift --fail-within "${NEWLEAF_CI_WITHIN:-21d}" --name "$name" --output markdown >newleaf-drift.md
  cat newleaf-drift.md
  summary newleaf-drift.md
  case $status in
    0) issue close newleaf-drift.md ;;
    2 | 10) issue open newleaf-drift.md ;;
  esac
  return "$status"
}

case ${1:-} in
  plan | apply | rotate | drift) "$@" ;;
  *)
    say "say plan, apply, rotate or drift."
    exit 64
    ;;
esac
