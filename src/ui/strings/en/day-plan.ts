/** The day of a session as a picture, and what contradicts itself in it. */
export const dayPlan = {
  'dayPlan.picture': 'Times of the day: {sessions}',
  'dayPlan.noRemarks': 'Nothing contradicts itself, and no session runs into another.',
  'dayPlan.startFirst': 'Choose the start to see the day.',
  'dayPlan.span.sign-in': 'sign-in, until the late limit',
  'dayPlan.span.start': 'start possible',
  'dayPlan.span.work': 'work',
  'dayPlan.span.extra': 'extra time without a code',
  'dayPlan.remark.released-after-start-opens':
    'Session {session}: the key is released at {at}, but the start is possible from {before}; before the release nobody can open the paper.',
  'dayPlan.remark.start-opens-before-sign-in':
    'Session {session}: the start is possible from {at}, before anybody can sign in ({before}).',
  'dayPlan.remark.start-closes-after-late-limit':
    'Session {session}: it can start without a code until {at}, but whoever comes after {before} needs a code.',
  'dayPlan.remark.late-limit-after-end':
    'Session {session}: the late limit ({at}) is after the end ({before}).',
  'dayPlan.remark.hand-in-before-late-limit':
    'Session {session}: handing in is possible from {at}, while others are let in until {before}: they can meet.',
  'dayPlan.remark.no-early-hand-in': 'Session {session}: nobody can hand in before the end ({before}).',
  'dayPlan.remark.extra-time-beyond-duration':
    'Session {session}: the extra time without a code is longer than the session; never more than its own time is given.',
  'dayPlan.remark.sessions-overlap':
    'Sessions {session} and {other} overlap: {other} starts at {at}, {session} ends at {before} with the extra time. One room cannot hold both.',
  'dayPlan.remark.sign-in-before-end-of-other':
    'Session {other}: sign-in opens at {at}, while session {session} may run until {before} with the extra time.',
} as const;
