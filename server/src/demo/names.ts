// biome-ignore-all format: lists of names read better in lines
import type { Language, PersonName } from '../domain/customers/index.ts'
import type { Random } from './random.ts'

const ENGLISH = [
  'Aaron', 'Abigail', 'Alan', 'Alice', 'Amy', 'Andrea', 'Arthur', 'Beth', 'Brian', 'Carl', 'Caroline', 'Cheryl',
  'Claire', 'Craig', 'Dana', 'Derek', 'Diane', 'Donna', 'Edith', 'Elaine', 'Eric', 'Ethan', 'Fiona', 'Frank', 'Gail',
  'George', 'Glenn', 'Hannah', 'Harold', 'Heather', 'Henry', 'Irene', 'Isaac', 'Jack', 'Janet', 'Jason', 'Joan', 'Joel',
  'Karen', 'Keith', 'Kevin', 'Laura', 'Leon', 'Linda', 'Louis', 'Marcia', 'Martin', 'Megan', 'Miles', 'Nancy', 'Nathan',
  'Neil', 'Nora', 'Oscar', 'Paige', 'Patrick', 'Peggy', 'Quinn', 'Rachel', 'Ralph', 'Robin', 'Ruth', 'Scott', 'Sheila',
  'Simon', 'Stella', 'Tara', 'Theo', 'Tina', 'Vera', 'Victor', 'Wendy', 'Wesley', 'Zoe',
] as const
const SPANISH = [
  'Adela', 'Alejandro', 'Ana', 'Antonio', 'Beatriz', 'Carlos', 'Carmen', 'Daniela', 'Diego', 'Elena', 'Emilio',
  'Esteban', 'Graciela', 'Guillermo', 'Inés', 'Javier', 'José', 'Juana', 'Julio', 'Leticia', 'Lorena', 'Luis', 'María',
  'Marisol', 'Mateo', 'Miguel', 'Pilar', 'Ramón', 'Rocío', 'Salvador', 'Teresa', 'Tomás', 'Verónica', 'Ximena',
] as const
const ENGLISH_LAST = [
  'Adler', 'Archer', 'Bailey', 'Barrow', 'Becker', 'Birch', 'Bowen', 'Briggs', 'Burke', 'Calloway', 'Carver', 'Chan',
  'Collins', 'Cooper', 'Crane', 'Dalton', 'Desai', 'Doyle', 'Drake', 'Eaton', 'Ellis', 'Fisher', 'Fletcher', 'Foster',
  'Garner', 'Gibbs', 'Graham', 'Grant', 'Hale', 'Harmon', 'Hayes', 'Holt', 'Hughes', 'Iverson', 'Jensen', 'Kaur',
  'Keller', 'Khan', 'Kim', 'Lambert', 'Larsen', 'Lowe', 'Marsh', 'Mercer', 'Morrow', 'Nakamura', 'Nguyen', 'Norris',
  'Olsen', 'Osborne', 'Palmer', 'Park', 'Patel', 'Pierce', 'Porter', 'Reed', 'Rhodes', 'Rowe', 'Sawyer', 'Shaw',
  'Singh', 'Sloan', 'Snow', 'Stone', 'Tanaka', 'Tate', 'Thorne', 'Tucker', 'Vance', 'Wagner', 'Walsh', 'Ward', 'Webb',
  'Wilder', 'Wolfe', 'Wong', 'Yates', 'York', 'Young', 'Zimmer',
] as const
const SPANISH_LAST = [
  'Acosta', 'Aguilar', 'Álvarez', 'Barrera', 'Cabrera', 'Campos', 'Castillo', 'Cervantes', 'Contreras', 'Cruz',
  'Domínguez', 'Escobar', 'Espinoza', 'Fuentes', 'Gallegos', 'García', 'Guerrero', 'Herrera', 'Ibarra', 'Jiménez',
  'León', 'López', 'Luna', 'Medina', 'Mendoza', 'Molina', 'Navarro', 'Ochoa', 'Ortega', 'Paredes', 'Peña', 'Ramírez',
  'Ríos', 'Rojas', 'Salazar', 'Serrano', 'Soto', 'Valdez', 'Vargas', 'Zamora',
] as const
const TRADES = {
  shop: ['Hardware', 'Books', 'Pharmacy', 'Market', 'Cycles', 'Florist', 'Shoes', 'Garden Supply', 'Thrift', 'Pets'],
  office: ['Dental', 'Law Office', 'Insurance', 'Accounting', 'Design Studio', 'Realty', 'Clinic', 'Engineering'],
  restaurant: ['Taqueria', 'Diner', 'Pizza', 'Grill', 'Noodle House', 'Café', 'Barbecue'],
  plant: ['Packing', 'Millwork', 'Cold Storage', 'Tool & Die', 'Canning', 'Bottling'],
} as const
const FIRM_PLACES = ['Juniper', 'Valley', 'Millrace', 'Orchard', 'Old Town', 'Eastside', 'Redbud', 'Summit', 'Fairview']

/** This will name a human; about one in five reads Spanish. */
export function humanOf(random: Random): { name: PersonName & { kind: 'human' }; language: Language } {
  const latin = random.chance(32)
  const firstName = random.pick(latin ? SPANISH : ENGLISH)
  const lastName = random.pick(latin ? SPANISH_LAST : ENGLISH_LAST)
  return { name: { kind: 'human', firstName, lastName }, language: latin && random.chance(60) ? 'es' : 'en' }
}

/** This will name a business of a trade. */
export function firmOf(random: Random, trade: keyof typeof TRADES): PersonName {
  const own = random.chance(45) ? `${random.pick(ENGLISH_LAST)}'s` : random.pick(FIRM_PLACES)
  const form = random.pick(['LLC', 'Inc.', 'LLC', 'Co.'])
  const called = `${own} ${random.pick(TRADES[trade])}`
  return { kind: 'organisation', organisationName: `${called} ${form}`, doingBusinessAs: called }
}

/** This will write the e-mail address of a name at the domain that is kept for examples. */
export function emailOf(name: PersonName, number: number): string {
  const words =
    name.kind === 'human' ? `${name.firstName ?? ''}.${name.lastName}` : (name.doingBusinessAs ?? name.organisationName)
  const plain = words.normalize('NFD').replace(/[\u0300-\u036f']/g, '')
  return `${plain.toLowerCase().replace(/[^a-z0-9]+/g, '.')}.${number}@example.com`
}

/** This will give a telephone number that no line has: 555-0100 to 555-0199 in one of the codes around. */
export function phoneOf(random: Random): string {
  const code = random.pick(['209', '530', '559', '661', '707', '805', '831', '916', '925'])
  return `(${code}) 555-01${String(random.below(100)).padStart(2, '0')}`
}
