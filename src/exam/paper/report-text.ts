/** The import report in English sentences, each with what to do; screens have their own in every language. */
import type { Refusal } from '../../base/result.ts';

const texts: Record<string, string> = {
  // The package
  'not-a-zip':
    'The file is neither a ZIP package nor an XML item ({problem}). Export it again as a QTI content package.',
  'package-too-many-files': 'The package has more than {limit} files. Split it.',
  'package-too-large': 'Unpacked, {name} goes beyond {limit} bytes. Make its media smaller.',
  'package-without-items': 'The package has no QTI item. Export the items together with the test.',
  'package-without-manifest':
    'The package has no imsmanifest.xml; its XML files were taken in the order of their names.',
  'file-name-too-long': 'The name {name} is too long. Shorten it and pack again.',
  'file-name-leaves-package':
    'The name {name} leads out of the package. Pack the files again with relative names.',
  'file-encrypted': '{name} is encrypted. Pack the files again without a password.',
  'file-is-link': '{name} is a link to another file. Pack the file itself.',
  'file-twice': '{name} is in the package twice. Pack the files again.',
  'file-damaged': '{name} is damaged ({problem}). Copy or export the package again.',
  'qti-1-not-read':
    '{name} is QTI 1.2. Export it as QTI 3.0, 2.2 or 2.1 (some tools call it "New Quizzes" or "QTI 2").',
  'file-not-used': '{name} is neither item, test nor stimulus; it was not used.',
  'several-tests': 'The package has several tests; {used} was used.',
  'test-made-from-items': 'The package has no test; one was made of its {items} items in their order.',
  'test-without-parts': 'The test has no parts. Add a test part with a section.',
  'item-not-in-test': 'The test does not use {item}.',
  'kept-but-not-applied': '{element} at {at} is kept but not applied: the policy of the session decides.',
  'converted-from-qti-2': '{files} files were converted from QTI 2 to QTI 3.0.',
  // XML
  'xml-too-large': 'The XML is larger than {limit} bytes. Split it.',
  'xml-too-complex': 'The XML is nested too deeply or too long (line {line}). Split it.',
  'xml-encoding-unknown': 'The encoding of the XML is unknown or wrong. Save it as UTF-8.',
  'xml-has-doctype':
    'The XML has a document type declaration (line {line}). Remove it: entities are not read.',
  'xml-not-well-formed': 'The XML is not well formed at line {line}, column {column}: {problem}',
  // Items
  'item-without-body': 'The item has no body.',
  'stimulus-without-body': 'The stimulus {name} has no body.',
  'interaction-not-rendered':
    'The interaction {interaction} is scored, but not shown yet. Leave the item out, or ask the question in another way.',
  'interaction-without-picture': '{interaction} has no picture. Put an img or object with its file into it.',
  'position-object-without-stage':
    'A position object interaction is outside of a stage. Put it into a qti-position-object-stage with a picture.',
  'hotspot-shape-unknown':
    'The hotspot {hotspot} has the shape "{shape}", which is unknown. Use circle, rect, poly or default.',
  'hotspot-coords-unreadable':
    'The coordinates "{coords}" of the hotspot {hotspot} are not those of a {shape}. A circle has x,y,r; a rect left,top,right,bottom; a poly x,y of three corners or more.',
  'external-reference': 'The item refers to {reference} outside the package. Put the file into the package.',
  'file-missing-in-package': '{name} is not in the package. Add it and export again.',
  'response-not-declared': 'An interaction names the response {response}, which the item does not declare.',
  'template-needs-correct-response':
    'Template processing draws a correct response or default by lot, or reads the correct response again; draw into a template variable instead.',
  'default-response-not-shown':
    'The response {response} has a default, which candidates do not see: what they leave untouched counts as unanswered.',
  'left-out': 'Left out of the paper.',
  'marked-by-people': 'Marked by people: there is no response processing.',
  'answered-by-recording': 'Candidates answer by speaking: a recording of at most {seconds} seconds.',
  'recording-tries': 'The recording may be begun {tries} times.',
  'recording-limit-unreadable':
    '{attribute} is "{value}", which is no limit: the usual one holds. Write a whole number.',
  'without-response-processing': 'The item has no response processing: answers are kept but get no score.',
  'response-processing-template-unknown':
    'The response processing template {template} is unknown: answers are kept but get no score.',
  'custom-operator-not-evaluated': 'The custom operator {operator} is not evaluated.',
  'adaptive-item-one-attempt': 'The item is adaptive; candidates have one attempt.',
  'feedback-not-shown': 'Feedback is not shown in an exam.',
  'catalog-not-shown':
    'Of the catalog of accessibility supports only the words of spoken cards reach candidates, up to 5000 characters each.',
  'companion-materials-not-shown': 'Companion materials are not shown.',
  'stylesheet-not-used': "The item's style sheet is not used; shared QTI style classes are.",
  'element-dropped': '{element} is not allowed in an item and was removed.',
  'hidden-content-left-out': 'What {element} hides from candidates was left out.',
  // Practical tasks
  'practical-task': 'Practical task. Files for the candidate: {files}. Expected back: {expected}.',
  'practical-too-many-expected': 'The task expects more than {limit} files back. Split it.',
  'practical-too-many-files': 'The task has more than {limit} files. Split it.',
  'practical-file-name':
    'The task file {name} has a name that is not legal on every system, or one that programs give their temporary files. Rename it.',
  'practical-file-executable': 'The task file {name} is a program. Candidates get no programs; leave it out.',
  'practical-file-too-large': 'The task file {name} is larger than {limit} MB. Make it smaller.',
  'practical-file-twice':
    'Two task files are called {name} (capital letters do not count). Rename one of them.',
  'practical-expected-twice': 'The file {name} is expected twice. Ask for it once.',
  'practical-expected-name':
    'The expected file "{name}" is no usable name. Write a name with its ending, or a pattern such as *.docx.',
  'practical-size-limit': 'The size limit "{limit}" is not a whole number of MB from 1 to 200.',
  'practical-response-not-file':
    'The response {response} of a practical task is not declared as a single file (cardinality "single", base type "file").',
  'link-removed': 'The link to {reference} was removed.',
};

/** @returns the sentence; of an unknown type its name and data, never nothing. */
export function reportText(reason: Refusal): string {
  const text = texts[reason.type];
  if (text === undefined) return JSON.stringify(reason);
  const sentence = text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(reason[name] ?? '?'));
  return typeof reason['file'] === 'string' ? `${reason['file']}: ${sentence}` : sentence;
}
