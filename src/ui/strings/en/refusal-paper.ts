export const refusalPaper = {
  'refusal.paper-has-refused-items': 'Some items cannot be shown.|Leave them out, or correct the package.',
  'refusal.not-a-zip':
    'The file is neither a ZIP package nor an XML item ({problem}).|Export it again as a QTI content package.',
  'refusal.package-too-many-files': 'The package has more than {limit} files.|Split it.',
  'refusal.package-too-large': 'Unpacked, {name} goes beyond {limit:bytes}.|Make its media smaller.',
  'refusal.package-without-items': 'The package has no items.|Export the items together with the test.',
  'refusal.package-without-manifest':
    'There is no imsmanifest.xml; the files were taken in the order of their names.',
  'refusal.file-name-too-long': 'The name {name} is too long.|Shorten it and pack again.',
  'refusal.file-name-leaves-package':
    'The name {name} leads out of the package.|Pack the files again with relative names.',
  'refusal.file-encrypted': '{name} is encrypted.|Pack again without a password.',
  'refusal.file-is-link': '{name} is a link.|Pack the file itself.',
  'refusal.file-twice': '{name} is in the package twice.|Pack the files again.',
  'refusal.file-damaged': '{name} is damaged ({problem}).|Copy or export the package again.',
  'refusal.file-not-used': '{name} is not used.',
  'refusal.file-missing-in-package': '{name} is not in the package.|Add it and export again.',
  'refusal.several-tests': 'The package has several tests; {used} was used.',
  'refusal.test-made-from-items': 'There is no test; one was made of the {items} items.',
  'refusal.test-without-parts': 'The test has no parts.|Add a test part with a section.',
  'refusal.item-not-in-test': 'The test does not use {item}.',
  'refusal.kept-but-not-applied': '{element} is kept but not applied: the session’s policy decides.',
  'refusal.converted-from-qti-2': '{files} files were converted from QTI 2 to 3.0.',
  'refusal.xml-too-large': 'The XML is larger than {limit:bytes}.|Split it.',
  'refusal.xml-too-complex': 'The XML is nested too deeply or too long (line {line}).|Split it.',
  'refusal.xml-encoding-unknown': 'The encoding of the XML is unknown.|Save it as UTF-8.',
  'refusal.xml-has-doctype':
    'The XML has a document type declaration (line {line}).|Remove it: entities are not read.',
  'refusal.xml-not-well-formed':
    'The XML is not well formed at line {line}, column {column}: {problem}.|Correct it.',
  'refusal.item-without-body': 'The item has no body.',
  'refusal.stimulus-without-body': 'The stimulus {name} has no body.',
  'refusal.interaction-not-rendered':
    '{interaction} is scored, but not shown yet.|Leave the item out, or ask in another way.',
  'refusal.interaction-without-picture':
    '{interaction} has no picture.|Put an img or object with its file into it.',
  'refusal.position-object-without-stage':
    'A position object interaction is outside of a stage.|Put it into a qti-position-object-stage with a picture.',
  'refusal.hotspot-shape-unknown':
    'The hotspot {hotspot} has the unknown shape “{shape}”.|Use circle, rect, poly or default.',
  'refusal.hotspot-coords-unreadable':
    'The coordinates “{coords}” of the hotspot {hotspot} are not those of a {shape}.|Correct them: circle x,y,r; rect left,top,right,bottom; poly x,y of three corners or more.',
  'refusal.external-reference': 'Refers to {reference} outside the package.|Put the file into the package.',
  'refusal.response-not-declared': 'The response {response} is not declared.',
  'refusal.template-needs-correct-response':
    'Template processing reads or draws the correct response.|Draw into a template variable instead.',
  'refusal.left-out': 'Left out of the paper.',
  'refusal.marked-by-people': 'Marked by people.',
  'refusal.answered-by-recording': 'Answered by speaking: a recording of at most {seconds} s.',
  'refusal.recording-tries': 'The recording may be begun {tries} times.',
  'refusal.recording-limit-unreadable':
    '{attribute} is “{value}”, which is no limit: the usual one holds.|Write a whole number.',
  'refusal.without-response-processing': 'No response processing: answers are kept but get no score.',
  'refusal.response-processing-template-unknown': 'Unknown scoring template {template}: no score.',
  'refusal.custom-operator-not-evaluated': 'The custom operator {operator} is not evaluated.',
  'refusal.adaptive-item-one-attempt': 'Adaptive item: one attempt.',
  'refusal.feedback-not-shown': 'Feedback is not shown in an exam.',
  'refusal.catalog-not-shown': 'Of the catalog of supports only the words of spoken cards reach candidates.',
  'refusal.companion-materials-not-shown': 'Companion materials are not shown.',
  'refusal.stylesheet-not-used': 'The item’s own style sheet is not used.',
  'refusal.element-dropped': '{element} is not allowed and was removed.',
  'refusal.practical-task': 'Practical task. Files for the candidate: {files}. Expected back: {expected}.',
  'refusal.practical-too-many-expected': 'The task expects more than {limit} files back. Split it.',
  'refusal.practical-too-many-files': 'The task has more than {limit} files. Split it.',
  'refusal.practical-file-name':
    'The task file {name} has a name that is not legal on every system, or one of a temporary file. Rename it.',
  'refusal.practical-file-executable':
    'The task file {name} is a program. Candidates get no programs; leave it out.',
  'refusal.practical-file-too-large': 'The task file {name} is larger than {limit} MB. Make it smaller.',
  'refusal.practical-file-twice':
    'Two task files are called {name} (capital letters do not count). Rename one of them.',
  'refusal.practical-expected-twice': 'The file {name} is expected twice. Ask for it once.',
  'refusal.practical-expected-name':
    'The expected file “{name}” is no usable name. Write a name with its ending, or a pattern such as *.docx.',
  'refusal.practical-size-limit': 'The size limit “{limit}” is not a whole number of MB from 1 to 200.',
  'refusal.practical-response-not-file':
    'The response {response} of a practical task is not declared as a single file.',
  'refusal.link-removed': 'The link to {reference} was removed.',
  'refusal.qti-1-not-read': '{name} is QTI 1.2.|Export it as QTI 3.0, 2.2 or 2.1.',
  'refusal.default-response-not-shown':
    'The default of {response} is not shown.|Left untouched it counts as unanswered.',
  'refusal.hidden-content-left-out': 'Hidden content ({element}) was left out.',
} as const;
