export const answerPackage = {
  'answerPackage.import': 'Import answer package …',
  'answerPackage.importTitle': 'Import an answer package',
  'answerPackage.importText':
    'For a seat that cannot reach this room any more: its answers come as a file. Afterwards resume the candidate at another seat.',
  'answerPackage.collect': 'Single collection …',
  'answerPackage.collectText':
    'For a candidate who has finished and cannot hand in, because the seat does not reach this room: the answers come as a file and are handed in.',
  'answerPackage.atSeat':
    'At the seat: “For the invigilator” at the top, then this seat code. Save the file on a USB stick and bring it here. If no browser works there: npx invigil seat export.',
  'answerPackage.seatCode': 'Seat code',
  'answerPackage.seatCodeFor': 'For exporting answers at a seat; not for candidates.',
  'answerPackage.hint': 'The answer package that the seat exported (.parcel)',
  'answerPackage.madeAt': 'Exported',
  'answerPackage.changes': 'Answer changes inside',
  'answerPackage.changesOf': '{changes}, of these new here: {newChanges}',
  'answerPackage.files': 'Files inside',
  'answerPackage.filesOf': '{files}, of these new here: {newFiles}',
  'answerPackage.lacking': 'Files still missing: {files}.',
  'answerPackage.differing':
    '{count} entries differ from what this room holds of the seat: its disk was put back to an older state. They are kept as evidence and go to the centre, but do not count. Connect the seat, and its answers come again by themselves.',
  'answerPackage.goesOn':
    'The candidate could still go on there: what is answered after the export is not inside.',
  'answerPackage.importNow': 'Import',
  'answerPackage.collectNow': 'Hand in for {name}',
  'answerPackage.handInText': 'The exam of {name} ends with these answers. This cannot be taken back.',
  'answerPackage.imported': '{name}, seat {seat}: {count} answer changes were new and are kept here now.',
  'answerPackage.nothingNew': '{name}, seat {seat}: everything was here already, nothing was new.',
  'answerPackage.complete': 'The sitting is collected.',
  'answerPackage.collected': '{name} has handed in. Receipt code: {receipt}',
  'answerPackage.first': 'Import the answer package of {name} first …',
  'log.answer-package-imported': 'Answer package imported',
  'log.differing-entries-kept': 'Differing entries of the seat kept as evidence',
  'log.single': 'single collection',
  'record.singleCollection': 'Single collection',
  'refusal.not-an-answer-package':
    'This is no answer package ({found}).|Choose the file that the seat exported.',
  'refusal.package-of-unknown-seat':
    'The answer package comes from a seat that this room has not admitted.|Bring it to the room of that seat, or admit the seat again first.',
  'refusal.package-of-another-session':
    'The answer package belongs to another session ({session}).|Choose that session first, then import it.',
  'refusal.package-of-unknown-candidate':
    'The candidate of this answer package is not on the list of this session.|Bring it to the room of that candidate.',
  'refusal.package-of-another-candidate':
    'This is the answer package of {name} ({admissionNumber}).|Choose that candidate, or the right file.',
  'refusal.package-of-earlier-attempt':
    'The answer package is from before the candidate began anew.|Import it as evidence; it is not handed in.',
  'refusal.package-not-whole':
    'The answer package is not whole; nothing was taken.|Export it at the seat again.',
  'refusal.answer-package-too-large':
    'The file is larger than any answer package ({limit:bytes}).|Choose the right file.',
  'refusal.closed-already':
    'The time of this candidate is over.|Import the answer package: that collects the answers.',
  'refusal.answer-package-forked':
    '{entries} entries differ from what this room holds of the seat.|Connect the seat, so that it sends them again; otherwise import the package and end the exam with a reason.',
} as const;
