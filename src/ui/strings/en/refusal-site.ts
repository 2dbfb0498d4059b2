export const refusalSite = {
  'refusal.site-not-registered-at-centre':
    'The site is not registered at the centre.|Register it with address and code.',
  'refusal.site-not-authorised':
    'The authorisation of this session is not here yet.|Fetch it, or import it from a file.',
  'refusal.site-not-calibrated':
    'The site has not opened the session’s key yet.|It does so with its lock after the release.',
  'refusal.not-prepared': 'The centre has not prepared this yet.|Prepare the authorisations of the session.',
  'refusal.no-authorisation-prepared':
    'The centre has prepared no authorisation for this site yet.|Try again later, or call the centre.',
  'refusal.no-site-registered': 'No site is registered yet.|Sites register with their codes first.',
  'refusal.site-not-registered': 'Site {site} is not registered yet.',
  'refusal.register-the-site-first': 'The file is sealed for the site: it has to be registered first.',
  'refusal.register-the-room-first': 'The file is sealed for the room: it has to be registered first.',
  'refusal.room-not-registered': 'Room {room} is not registered yet.',
  'refusal.no-such-site': 'There is no site {site} in this project.|Check the site code.',
  'refusal.setup-already-done': 'This site is set up already.|Sign in.',
  'refusal.setup-missing': 'The first start is not finished.',
  'refusal.site-set-up-without-lock':
    'This site was set up without an exam lock.|Register one with “invigil lock”, and choose it under System.',
  'refusal.lock-absent': 'The exam lock is not here ({path}).|Plug it in.',
  'refusal.insert-the-lock': 'Plug the exam lock in.',
  'refusal.wrong-pin': 'The PIN is not right.|Try again.',
  'refusal.lock-pulled-out':
    'The exam lock {serial} was pulled out.|Plug it in again; what is open already stays open.',
  'refusal.no-token': 'No token is plugged in.|Plug it in, and look at reader and cable.',
  'refusal.token-looked-for': 'The exam lock is being looked for.|Wait a moment.',
  'refusal.wrong-pin-few-tries':
    'The PIN is not right, and few tries are left.|Look it up before the next one: the token locks itself after the last.',
  'refusal.wrong-pin-last-try':
    'The PIN is not right, and one try is left.|Do not guess: look the PIN up, or the token locks itself.',
  'refusal.pin-locked':
    'The token has locked itself after too many wrong PINs.|Unlock it with its maker’s program and the administrator’s PIN, take a reserve token or another member’s, or call the centre.',
  'refusal.pin-expired': 'The PIN of the token has expired.|Change it with its maker’s program.',
  'refusal.token-not-initialised':
    'The token has not been initialised, or has no PIN yet.|Do both with its maker’s program.',
  'refusal.token-unsuitable':
    'The token cannot be an exam lock: it does not agree on keys of P-256 (ECDH).|Use another one, or a key file.',
  'refusal.token-makes-no-key':
    'The token does not make keys of P-256 by itself.|Make one with its maker’s program and the label “invigil exam lock”.',
  'refusal.token-without-key':
    'The key of the exam lock is no longer on the token {serial}.|Call the centre: nothing that was sealed to it can be opened.',
  'refusal.token-library-missing':
    'There is no file {path}.|Install the maker’s program, or correct the path.',
  'refusal.token-library-not-local':
    'The library {path} is not loaded.|It must be named by its full path, lie on this computer, and be changeable by administrators only.',
  'refusal.token-library-unusable':
    '{path} is no library of tokens for this computer ({problem}).|Choose the PKCS#11 library of the token’s maker for this system.',
  'refusal.token-process-ended':
    'The token’s library broke off its work.|Try again: it has been started anew. If it goes on, renew the maker’s program.',
  'refusal.token-silent': 'The token does not answer.|Pull it out, plug it in again, and try once more.',
  'refusal.token-refuses':
    'The token refuses the work ({call}: {code}).|Pull it out, plug it in again, and try once more; its maker knows the code.',
  'refusal.key-file-exists': 'There is a key file already ({path}).',
  'refusal.key-file-not-writable':
    'The key file cannot be written to {path} ({code}).|Choose a folder that exists and can be written.',
  'refusal.key-file-damaged': 'The key file {path} is damaged or is none.|Choose the right file.',
  'refusal.newer-publication': 'The centre has published anew.',
  'refusal.publication-not-checked':
    'It could not be checked with the centre whether this is the newest publication.',
  'refusal.publication-older':
    'The file is older (publication {file}) than what is loaded ({loaded}).|Ask for the newest one.',
  'refusal.publication-without-rooms': 'The publication has no rooms for this site.',
  'refusal.rooms-not-registered': 'Not registered: {rooms}.',
  'refusal.register-rooms': 'Give these rooms their codes.',
  'refusal.rooms-silent': 'Not connected: {rooms}.',
  'refusal.start-rooms': 'Start the rooms’ computers and check the network.',
  'refusal.rooms-not-loaded': 'Not loaded yet: {rooms}.',
  'refusal.load-in-rooms': 'Load the exam in these rooms.',
  'refusal.nothing-collected':
    'Nothing has been collected yet.|It comes when a room reports, or from a file.',
  'refusal.several-results': '{count} results came from this room; all are kept.',
  'refusal.no-receipts-yet': 'There is no receipt for {site} yet.',
  'refusal.wrong-release':
    'These words or this release do not fit this session.|Check session and site, then enter them again.',
  'refusal.words-count': '{found} words came, {expected} are needed.|Enter them all in their order.',
  'refusal.word-unknown': 'Word {position} (“{word}”) is not in the list.|Ask for it again and spell it.',
  'refusal.words-checksum': 'The words do not fit together.|One was heard wrong: compare them again.',
} as const;
