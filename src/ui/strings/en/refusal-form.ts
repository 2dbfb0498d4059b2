/** What is wrong with a form's number, a register of forms, or an event. */
export const refusalForm = {
  'refusal.sheet-number-not-digits':
    'A number of a form has digits only: “{number}”.|Type it as it is printed below the code.',
  'refusal.sheet-number-wrong-length':
    '“{number}” has {length} digits; numbers here have {lengths}.|Type all of it, as it is printed below the code.',
  'refusal.sheet-number-wrong-check-digit':
    '“{number}” is no number of a form: its check digit is another.|A digit is wrong or two are swapped. Compare it with the form.',
  'refusal.sheet-not-in-register':
    'No register of this project has the number {number}.|Look whether the form belongs to another project, or whether its register is still to be imported.',
  'refusal.sheet-of-other-region':
    'The form {number} belongs to a site that you do not look after.|Give it to whoever looks after its region.',
  'refusal.event-code-taken': 'Another event of this project has the code “{code}”.|Choose another code.',
  'refusal.event-composition-fixed':
    'Forms were made already: what a kit consists of stays.|Make a new event, or remove this one while nothing came of it.',
  'refusal.event-has-pages':
    'Pages of this event came already.|It stays; its pages can be deleted one by one.',
  'refusal.event-has-protocols': 'Protocols of this event came already.|It stays.',
  'refusal.register-growing': 'Its register is growing.|Wait until it is complete.',
  'refusal.register-not-growing': 'Nothing is being made of this register.|Begin anew.',
  'refusal.register-failed':
    'The register stopped growing: {problem}.|What was made is kept. See to the cause, then go on.',
  'refusal.register-interrupted':
    'The register was interrupted.|It goes on by itself when the centre starts.',
  'refusal.register-numbers-used-up':
    'The event has no more numbers for so many sheets.|Make a second event for the rest.',
  'refusal.register-plan-wrong':
    'Rows of the plan that are wrong: {count}.|Correct them; nothing is made before.',
  'refusal.register-sites-unknown':
    'Sites that the roster does not name: {count} ({sites}).|Correct the codes, or say that they are to be added.',
  'refusal.plan-room-twice': 'The room stands in line {line}, too.|Put both into one row.',
  'refusal.plan-nothing-missing':
    'The register has all kits that the roster needs.|Raise the reserve, or enter by hand what is to be added.',
  'refusal.plan-empty': 'The plan has no kit and no sheet.|Enter how many are to be made.',
  'refusal.plan-nobody-sits':
    'Nobody sits session {number}.|Choose another session, or import the roster first.',
  'refusal.plan-too-long': 'The plan has more than {limit} rows.|Divide it.',
  'refusal.plan-no-count': 'This is no count from 0 to 10,000.|Enter a whole number.',
  'refusal.register-columns-missing':
    'Columns that are missing: {headings}.|Name the columns so; an exported register shows how.',
  'refusal.register-cell-wrong': 'The column “{column}” cannot have this.|Correct the cell.',
  'refusal.register-cell-empty': 'The column “{column}” is empty.|Fill it in.',
  'refusal.register-kind-unknown': 'No form is called so.|Use the names of an exported register.',
  'refusal.register-other-event': 'The row is of another event than “{code}”.|Import it there.',
  'refusal.register-number-not-digits': 'A number of a form has digits only.|Correct the cell.',
  'refusal.register-number-wrong-length':
    'The number has {found} digits instead of {length}.|Spreadsheets cut long numbers off: format the column as text.',
  'refusal.register-number-wrong-check-digit':
    'The check digit of the number is another.|Compare it with the form.',
  'refusal.register-number-twice': 'The number stands in line {line}, too.|Every sheet has its own number.',
  'refusal.register-number-known': 'The register has this number already.|Leave the row out.',
  'refusal.register-site-unknown':
    'The roster has no such site.|Correct the code, or say that sites are to be added.',
  'refusal.register-kit-in-two-places':
    'The kit is in another room in line {line}.|A kit belongs to one room.',
  'refusal.register-place-twice': 'The kit {kit} has this place already.|Number the sheets of a kit from 1.',
  'refusal.register-kit-known': 'The register has this kit already.|Leave its rows out.',
  'refusal.register-has-wrong-rows':
    'Rows that are wrong: {count}.|Correct the file; nothing is imported before.',
  'refusal.register-empty': 'The file has no rows.|Choose another file.',
  'refusal.register-too-long-for-xlsx': 'The register has more than {limit} sheets.|Export it as CSV.',
  'refusal.register-nothing-here': 'The register has no form there.|Generate or import forms first.',
  'refusal.forms-printed-elsewhere':
    'Forms with these numbers were printed elsewhere; their drawing is not here.|Print only forms whose numbers were made here.',
  'refusal.forms-too-many':
    'The site has {count} sheets; at most {limit} are printed at once.|Print room by room.',
  'refusal.templates-not-json': 'The file is no JSON.|Choose the file of the forms.',
  'refusal.templates-unreadable':
    'The description of the forms is not understood: {path} ({problem}).|Correct it there.',
  'refusal.template-kind-twice': 'The kind “{kind}” is described twice.|Leave one out.',
  'refusal.template-kinds-missing':
    'Kinds of the kit that are not described: {kinds}.|Describe each of them.',
  'refusal.template-sides-fixed':
    'The register has forms of the kind “{kind}” with another number of sides.|Keep its sides, or make a new event.',
  'refusal.template-beside-page': '“{field}” lies beside the page ({kind}, side {side}).|Move it.',
  'refusal.template-overlaps':
    '“{field}” lies over “{other}” ({kind}, side {side}); ▮ are the codes and corners of every form.|Move it.',
} as const;
