import type { Random } from './random.ts'

const words = (text: string) => text.trim().split(/\s*,\s*/) as [string, ...string[]]

interface Origin {
  given: [string, ...string[]]
  family: [string, ...string[]]
  country: string
  city: string
}

const origins: [Origin, ...Origin[]] = [
  {
    given: words(
      'Olivia, Jack, Amelia, Oliver, Grace, Harry, Ava, Noah, Lily, Leo, Freya, Arthur, Evie, Oscar, Ruby, George, Isla, Theo, Poppy, Thomas',
    ),
    family: words(
      "Smith, Jones, Taylor, Brown, Williams, Wilson, O'Brien, Davies, Robinson, Wright, Thompson, Evans, Walker, White, Roberts, Green, Hall, Clarke, Hughes, Edwards",
    ),
    country: 'United Kingdom',
    city: 'Leeds',
  },
  {
    given: words(
      'Sofía, Mateo, Valentina, Santiago, Camila, Diego, Lucía, Andrés, Mariana, Javier, Ximena, Emiliano, Paula, Joaquín, Elena, Rafael',
    ),
    family: words(
      'García, Martínez, López, Hernández, González, Rodríguez, Pérez, Sánchez, Ramírez, Torres, Flores, Rivera, Núñez, Castañeda, de la Cruz, Muñoz',
    ),
    country: 'Mexico',
    city: 'Puebla',
  },
  {
    given: words(
      'Aarav, Ananya, Vihaan, Diya, Arjun, Isha, Rohan, Priya, Kabir, Meera, Aditya, Saanvi, Dev, Kavya, Nikhil, Tara',
    ),
    family: words(
      'Patel, Sharma, Singh, Kumar, Gupta, Iyer, Reddy, Nair, Mehta, Das, Chopra, Banerjee, Rao, Joshi, Kapoor, Menon',
    ),
    country: 'India',
    city: 'Pune',
  },
  {
    given: words('Wei, Mei, Jun, Xinyi, Hao, Yuxuan, Ling, Zihan, Ming, Jiayi, Tao, Ruoxi, Bo, Yating, Lei, Siyu'),
    family: words('Chen, Wang, Li, Zhang, Liu, Yang, Huang, Zhao, Wu, Zhou, Xu, Sun, Ma, Zhu, Lin, Guo'),
    country: 'China',
    city: 'Hangzhou',
  },
  {
    given: words(
      'Amara, Kwame, Chidi, Zainab, Kofi, Adaeze, Tunde, Abena, Ngozi, Emeka, Yetunde, Sefu, Folake, Jabari, Ifeoma, Thabo',
    ),
    family: words(
      'Okafor, Mensah, Adeyemi, Abara, Nwosu, Boateng, Diallo, Okonkwo, Mwangi, Osei, Balogun, Kamau, Eze, Traoré, Asante, Dlamini',
    ),
    country: 'Nigeria',
    city: 'Ibadan',
  },
  {
    given: words(
      'Omar, Layla, Yusuf, Fatima, Khalid, Noor, Ibrahim, Salma, Hassan, Mariam, Tariq, Aisha, Karim, Hana, Samir, Rania',
    ),
    family: words(
      'Haddad, Al-Farsi, Nasser, Khoury, Mansour, Aziz, Saleh, Rahman, Hamdan, Barakat, Qureshi, Abdallah, Farouk, Jaber, Darwish, Zaman',
    ),
    country: 'Jordan',
    city: 'Amman',
  },
  {
    given: words(
      'Jakub, Zofia, Ivan, Oksana, Piotr, Hanna, Dmytro, Nadia, Tomáš, Eliška, Luka, Ana, Marek, Kateřina, Łukasz, Mila',
    ),
    family: words(
      'Nowak, Kowalski, Shevchenko, Novák, Horvat, Zieliński, Bondarenko, Dvořák, Wójcik, Kravchenko, Svoboda, Petrović, Łukasik, Ivanova, Černý, Babić',
    ),
    country: 'Poland',
    city: 'Kraków',
  },
  {
    given: words(
      'Linh, Minh, Jiwoo, Haruto, Yui, Anh, Seojun, Sakura, Thảo, Kenji, Minseo, Quân, Aiko, Daniel, Jisoo, Ren',
    ),
    family: words(
      'Nguyễn, Kim, Tanaka, Trần, Lee, Sato, Phạm, Park, Suzuki, Lê, Choi, Yamamoto, Võ, Jung, Watanabe, Kang',
    ),
    country: 'South Korea',
    city: 'Busan',
  },
]

const nicknames = words('Alex, Sam, Max, Charlie, Robin, Kit, Nico, Jo, Ali, Bea, Teddy, Mo')

export interface DemoName {
  givenName: string
  middleName: string | null
  familyName: string
  preferredName: string | null
  from: { country: string; city: string }
}

export function demoName(random: Random): DemoName {
  const origin = random.pick(origins)
  const family = random.pick(origin.family)
  const second = random.chance(0.05) ? `-${random.pick(random.pick(origins).family)}` : ''
  return {
    givenName: random.pick(origin.given),
    middleName: random.chance(0.35) ? random.pick(origin.given) : null,
    familyName: `${family}${second}`,
    preferredName: random.chance(0.06) ? random.pick(nicknames) : null,
    from: { country: origin.country, city: origin.city },
  }
}
