/** A voice station: candidates, takes, pieces. */
export const refusalVoice = {
  'refusal.station-taken':
    'Somebody has signed in at this station ({form}).|Finish with that candidate first.',
  'refusal.form-used':
    'The form {form} has been used at this station.|Compare the number with the candidate’s form. After an incident the candidate goes on at another station.',
  'refusal.nobody-signed-in':
    'Nobody has signed in at this station.|Enter the number of the candidate’s registration form.',
  'refusal.voice-not-now':
    'That is not possible at this point.|Load the page again: it shows how far the candidate is.',
  'refusal.pause-needs-reason': 'A pause needs a reason.|Say in a few words what happened.',
  'refusal.again-needs-reason': 'Another take needs a reason.|Say in a few words what happened.',
  'refusal.task-not-begun': 'Task {task} was not begun yet.|Another take is for tasks that were.',
  'refusal.tasks-unanswered': 'Not every task was answered.|Finish all the same only with a reason.',
  'refusal.still-speaking': 'A candidate is still at work ({form}).|Finish with that candidate first.',
  'refusal.nobody-spoke': 'Nobody has spoken at this station.|There is nothing to pack.',
  'refusal.piece-out-of-place':
    'A piece of the recording ({piece}) does not fit what is kept.|Pause, and go on with another take; what is kept stays.',
  'refusal.piece-too-long':
    'A piece of the recording ({piece}) is longer than it may be.|Load the page again and go on with another take.',
  'refusal.recording-too-long': 'The time of the task is over.|What was said until then is kept.',
  'refusal.take-over': 'This take has ended; nothing is added to it.|Load the page again.',
  'refusal.form-unknown':
    'The number {form} is well formed, but is not in this exam’s plan.|Compare it with the form; perhaps the materials are older than the form.',
  'refusal.form-not-registration':
    'This is the number of another sheet.|Enter the number of the registration form.',
  'refusal.form-of-another-room':
    'This form belongs to room {room}; this station is in room {here}.|Take the candidate there, or use a reserve station.',
  'refusal.plan-without-variants': 'The plan has no variant for this kit.|Ask the centre for new materials.',
  'refusal.event-without-speaking':
    'This exam has no tasks to be spoken.|Load the materials of the speaking part.',
  'refusal.microphone-not-tried':
    'The microphone has not been tried, or was not heard.|Record five seconds and listen to them first.',
  'refusal.check-too-short': 'Too little was recorded.|Record at least {seconds} seconds.',
  'refusal.task-not-open':
    'The page of task {task} is not open now.|It is shown when its preparation begins.',
  'refusal.task-page-unreadable':
    'Page {page} of variant {variant} cannot be shown.|Pause, and tell the head of the site: the centre has to send new materials.',
  'refusal.take-not-here':
    'There is nothing to play back.|Only takes of the candidate who is here can be heard.',
} as const;
