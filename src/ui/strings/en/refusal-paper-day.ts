/** The centre's side of a paper exam's day: question papers, members, keys. */
export const refusalPaperDay = {
  'refusal.archive-not-made':
    'No archive of the present materials is made for site {site} yet.|Make the keys again: archives are made with them.',
  'refusal.archives-cancelled':
    'Making archives for 7-Zip was stopped.|Archives that are made stay; make the keys again for the rest.',
  'refusal.archives-failed':
    'Making archives for 7-Zip has failed: {problem}.|Make the keys again, with the PIN: archives that are made are not made twice.',
  'refusal.archives-interrupted':
    'The centre was stopped before all archives for 7-Zip were made, and it does not keep the key that opens the materials.|Make the keys again, with the PIN of the release token: archives that are made stay, the rest is made.',
  'refusal.archives-not-running': 'No archives for 7-Zip are being made.|Load the page again.',
  'refusal.archives-not-made':
    'No archives are made yet.|Prepare the materials and make the keys: archives are made with them.',
  'refusal.password-not-released':
    'The password of the archive is not released yet.|An administrator releases it, once the time of the release has come.',
  'refusal.day-release-held': 'The release is held back.|Let it go when the reason is gone.',
  'refusal.event-without-start':
    'Nobody has said yet when this exam starts.|Enter the time of the start among the settings of its day.',
  'refusal.export-too-large':
    'The files together are larger than {limit:bytes}, too much for one ZIP.|Choose fewer sites, or write them into a folder on a drive.',
  'refusal.grant-takes-away':
    'The new key of site {site} would allow less than an earlier one ({what}).|Make it with at least what the earlier one allows.',
  'refusal.grant-without-members':
    'At site {site} there is no member whose token could open the materials.|Register a member for this site.',
  'refusal.grant-without-rooms':
    'For site {site} no room is known in which anything could be printed.|Name rooms in the register of forms, or in the roster.',
  'refusal.key-for-former-site':
    'The key was made for the site’s former registration and opens nothing any more.|Make the keys again.',
  'refusal.key-for-revoked-token':
    'The key was made for tokens that were revoked since: {tokens}.|Make the keys again; the older files open nothing then.',
  'refusal.keys-to-make-again': 'Keys of {sites} sites open nothing any more.|Make the keys again.',
  'refusal.materials-changed-since':
    'Something has changed since the materials were prepared.|Prepare them again: only the sites concerned get a new revision.',
  'refusal.materials-handed-out':
    'Materials of this exam were handed out already: the kits that are reserves cannot be chosen anew.|Leave the number of reserves as it is; a reserve key allows more kits.',
  'refusal.materials-incomplete':
    'The materials cannot be prepared yet: something is missing.|See to what the first step names.',
  'refusal.materials-not-prepared': 'No materials are prepared yet.|Prepare the materials first.',
  'refusal.member-key-unusable':
    'The public key of token {serial} is none.|It begins with age1 or age1tag1; copy it whole, or choose the key file.',
  'refusal.member-name-missing': 'The name is missing or too long.|Enter the member’s name.',
  'refusal.member-revoked':
    'Token {serial} was revoked: {reason}.|Register another token; a revoked one does not come back.',
  'refusal.member-serial-missing':
    'The serial number of the token is missing or too long.|Enter it as it stands on the token.',
  'refusal.member-token-taken':
    'Token {serial} is registered for {name} with another key.|Revoke that one first, when the token was initialised anew.',
  'refusal.members-columns-missing':
    'Columns are missing: {columns}.|The first line names the columns: name, serial, recipient, sites.',
  'refusal.members-too-many':
    'The table has {found} rows; at most {most} are read.|Divide it into several files.',
  'refusal.members-wrong':
    '{wrong} rows are wrong (lines {lines}); nothing was taken.|In each of them the name, the token, the key or a site is missing, taken or unknown. Correct them and import the file again.',
  'refusal.no-access-key':
    'There is no access key of that number for this site.|Make the keys, or ask for the newest.',
  'refusal.no-such-member': 'There is no such member, or the token is revoked already.|Load the page again.',
  'refusal.no-such-variant': 'There is no question paper of variant {variant}.|Load the page again.',
  'refusal.not-a-pdf': 'The file is no PDF, whatever its name says.|Save the question paper as PDF.',
  'refusal.pdf-damaged': 'The PDF is damaged or was cut short.|Save it again and try once more.',
  'refusal.pdf-encrypted':
    'The PDF is encrypted with a password: no station could print it.|Save it without a password; it is sealed here.',
  'refusal.preparing-cancelled':
    'Preparing was stopped.|Sites that were ready stay so; prepare again for the rest.',
  'refusal.preparing-failed':
    'Preparing has failed: {problem}.|Prepare again; what was made is not made twice.',
  'refusal.preparing-interrupted':
    'Preparing was interrupted and goes on at the next start.|Nothing needs to be done.',
  'refusal.preparing-not-running': 'Nothing is being prepared.|Load the page again.',
  'refusal.question-paper-too-large':
    'The file has {bytes:bytes}; at most {limit:bytes} are taken.|Save the question paper with smaller pictures.',
  'refusal.question-papers-missing': 'No question paper is here yet.|Choose a PDF for each variant.',
  'refusal.question-papers-too-large':
    'All question papers of the exam would have {bytes:bytes} together; at most {limit:bytes} are taken.|Save them with smaller pictures.',
  'refusal.register-without-kits':
    'The register of forms has no kits for this exam.|Generate kits, or import those that were printed, in the register.',
  'refusal.sites-without-key': '{sites} sites have no key yet.|Make the keys.',
  'refusal.sites-without-members':
    'At {sites} sites no member could open the materials.|Register members for them, or one for all sites.',
  'refusal.task-page-missing':
    'Task “{task}” stands on page {page}, and variant {variant} has {pages} pages.|Correct the page, or the question paper.',
  'refusal.tasks-missing': 'A speaking exam needs its tasks.|Enter each task with its page and its times.',
} as const;
