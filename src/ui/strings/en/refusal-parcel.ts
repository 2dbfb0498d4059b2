export const refusalParcel = {
  'refusal.not-a-parcel': 'This is not a file of Invigil.|Choose the exported file.',
  'refusal.cut-short': 'The file was cut short.|Copy or export it again.',
  'refusal.altered':
    'The file was changed on its way ({part}); nothing was taken.|Get it again from where it was exported.',
  'refusal.bad-signature':
    'The signature is not right; nothing was taken.|Get the file again from where it was exported.',
  'refusal.not-sealed':
    'The file is not sealed as it should be; nothing was taken.|Get it again from where it was exported.',
  'refusal.not-signed': 'The file is not signed.|Choose the exported file.',
  'refusal.wrong-signature-type': 'This file is of another kind.|Choose the right one.',
  'refusal.untrusted-sender':
    'The file comes from somebody who is not trusted here ({code}).|Get it from your own centre or site.',
  'refusal.certificate-missing': 'The certificate of the sender is missing.|Export the file again.',
  'refusal.certificate-expired':
    'The sender’s certificate has expired.|Check the clock of this computer; otherwise register again.',
  'refusal.certificate-not-yet-valid':
    'The sender’s certificate is not valid yet.|Check the clock of this computer.',
  'refusal.wrong-kind': 'This is a {found}, needed is a {expected}.|Choose the right file.',
  'refusal.wrong-receiver': 'The file is meant for {to}.|Take it there, or choose the one for this computer.',
  'refusal.wrong-project': 'The file belongs to another exam.|Choose the one of this exam.',
  'refusal.wrong-mode':
    'The modes differ: there it is {found}.|Formal and mock are never mixed; choose the same mode.',
  'refusal.wrong-key': 'The file is sealed for another computer.|Export it for this one, or register again.',
  'refusal.no-such-parcel': 'This is not offered any more.|Try again.',
  'refusal.result-unreadable': 'The result cannot be read.|Export it again in the room.',
  'refusal.result-incomplete':
    'The result does not hold everything that the room acknowledged.|Export it again in the room.',
  'refusal.answer-missing':
    'The result holds the record of an answer without the answer.|Export it again in the room; if it stays, call support.',
  'refusal.result-forked':
    'The room’s journal has two versions; both are kept.|Call support before the scores are used.',
  'refusal.older-result': 'A newer result of this room is here already.',
  'refusal.gap':
    'Something is missing in the journal between what is here and what came.|It is sent again by itself.',
  'refusal.broken': 'The journal that came is not whole.|Call support.',
  'refusal.chain-broken':
    'The journal inside is not whole.|Export it again in the room; if it stays, call support.',
  'refusal.not-registered':
    'This computer is not registered there (any more).|Register it again with a new code.',
  'refusal.fork': 'Two versions of the same journal exist; both are kept.|Call support.',
} as const;
