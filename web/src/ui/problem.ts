/** Why something did not work, as far as the interface tells people. */
export interface ProblemView {
  kind: 'unreachable' | 'aborted' | 'signed-out' | 'forbidden' | 'not-found' | 'refused' | 'failed'
  /** The server's own words, in the reader's language. */
  detail?: string
}

type Translate = (
  key:
    | 'error.unreachable'
    | 'error.failed'
    | 'error.forbidden'
    | 'error.not-found'
    | 'error.signed-out'
    | 'error.refused',
) => string

/** What happened, what is safe and what to do. */
export function problemText(problem: ProblemView, t: Translate): string {
  switch (problem.kind) {
    case 'refused':
      return problem.detail || t('error.refused')
    case 'aborted':
    case 'unreachable':
      return t('error.unreachable')
    default:
      return t(`error.${problem.kind}`)
  }
}
