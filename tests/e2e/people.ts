/** Who and what the browser tests find in every fresh database. */
export const password = 'a quiet pond in march'

export const ann = { name: 'Ann Lee', email: 'ann@school.example' }
export const ben = { name: 'Ben Okoro', email: 'ben@school.example' }
export const ida = { name: 'Ida Holm', email: 'ida@school.example' }
export const vic = { name: 'Vic Moss', email: 'vic@school.example' }
export const nia = { name: 'Nia Ward', email: 'nia@school.example' }

/** An attack that somebody typed into a name field. */
export const scriptName = '<img src=x onerror=alert(1)>'
export const longName = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley-MacGillivray'

export const students = [
  { givenName: 'Amara', familyName: 'Abara', number: 'S-1001', gradeLevel: '07', birthDate: '2013-07-07' },
  { givenName: 'Bo', familyName: 'Bianchi', number: 'S-1002', gradeLevel: '08', birthDate: '2012-03-01' },
  { givenName: 'Chidi', familyName: 'Castillo', number: 'S-1003', gradeLevel: '09', preferredName: 'Chuck' },
  { givenName: 'Dilnoza', familyName: 'Öberg', number: 'S-1004', gradeLevel: '10', email: 'dilnoza@students.example' },
  { givenName: 'Quinn', familyName: 'Okafor', number: 'S-1005', gradeLevel: '07' },
  { givenName: 'Rosa', familyName: 'Petrov', number: 'S-1006', gradeLevel: '11' },
  { givenName: 'Sam', familyName: 'Quispe', number: 'S-1007', gradeLevel: '12', status: 'inactive' as const },
  { givenName: 'Tomas', familyName: 'Rahman', number: 'S-1008', gradeLevel: '12' },
  { givenName: 'Lena', familyName: 'Ueda', number: 'S-1011', gradeLevel: '08' },
  { givenName: scriptName, familyName: 'Injected', number: 'S-1009' },
  { givenName: 'Zofia', familyName: longName, number: 'S-1010', gradeLevel: 'KG' },
]
