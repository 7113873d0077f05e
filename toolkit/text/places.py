"""Places of datelines: what French calls otherwise than English, and cities that are the same in both.

A dateline's place may be set in capitals, with or without accents; the answer is set as the question is.
English names are those of the United Nations (UNTERM) and the BBC where these differ from daily use.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.text.capitals import fold
from toolkit.text.tables import pairs, words

_CITIES = pairs("""
Abou Dhabi=Abu Dhabi|Addis-Abeba=Addis Ababa|Alexandrie=Alexandria|Alger=Algiers|Anvers=Antwerp|Athènes=Athens
Bagdad=Baghdad|Bakou=Baku|Bâle=Basel|Barcelone=Barcelona|Belgrade=Belgrade|Berne=Bern|Beyrouth=Beirut|Bogota=Bogotá
Bologne=Bologna|Bruges=Bruges|Bruxelles=Brussels|Bucarest=Bucharest|Buenos Aires=Buenos Aires|Cologne=Cologne
Copenhague=Copenhagen|Cordoue=Córdoba|Cracovie=Kraków|Damas=Damascus|Djibouti=Djibouti|Djakarta=Jakarta
Douvres=Dover|Douchanbé=Dushanbe|Dresde=Dresden|Édimbourg=Edinburgh|Erevan=Yerevan|Fribourg=Fribourg
Florence=Florence|Francfort=Frankfurt|Gand=Ghent|Gênes=Genoa|Genève=Geneva|Grenade=Granada|Hambourg=Hamburg
Hanoï=Hanoi|Hanovre=Hanover|Istanbul=Istanbul|Jérusalem=Jerusalem|Kaboul=Kabul|Khartoum=Khartoum|Kiev=Kyiv|Kyiv=Kyiv
Kichinev=Chișinău|Chisinau=Chișinău|Koweït=Kuwait City|La Haye=The Hague|La Havane=Havana|La Mecque=Mecca
La Nouvelle-Orléans=New Orleans|La Valette=Valletta|Lausanne=Lausanne|Le Caire=Cairo|Le Cap=Cape Town
Le Pirée=Piraeus|Liège=Liège|Lisbonne=Lisbon|Londres=London|Louvain=Leuven|Lucerne=Lucerne|Luxembourg=Luxembourg
Malines=Mechelen|Marrakech=Marrakesh|Mascate=Muscat|Mayence=Mainz|Mexico=Mexico City|Milan=Milan
Mogadiscio=Mogadishu|Montréal=Montreal|Moscou=Moscow|Munich=Munich|Naples=Naples|Nicosie=Nicosia
Nouvelle-Delhi=New Delhi|New Delhi=New Delhi|New York=New York|Nuremberg=Nuremberg|Odessa=Odesa|Ostende=Ostend
Oulan-Bator=Ulaanbaatar|Ottawa=Ottawa|Padoue=Padua|Palerme=Palermo|Panama=Panama City|Pékin=Beijing
Phnom Penh=Phnom Penh|Port-au-Prince=Port-au-Prince|Prague=Prague|Québec=Quebec City|Ratisbonne=Regensburg
Ravenne=Ravenna|Reykjavik=Reykjavik|Riyad=Riyadh|Rome=Rome|Saint-Domingue=Santo Domingo|Saint-Marin=San Marino
Saint-Pétersbourg=Saint Petersburg|Saint-Sébastien=San Sebastián|Salonique=Thessaloniki|Salzbourg=Salzburg
Santiago du Chili=Santiago|Sao Paulo=São Paulo|Sarajevo=Sarajevo|Séoul=Seoul|Séville=Seville|Sienne=Siena
Singapour=Singapore|Skopje=Skopje|Sofia=Sofia|Syracuse=Syracuse|Tachkent=Tashkent|Tallinn=Tallinn|Tbilissi=Tbilisi
Téhéran=Tehran|Tirana=Tirana|Tolède=Toledo|Trèves=Trier|Trieste=Trieste|Tripoli=Tripoli|Tunis=Tunis|Turin=Turin
Valence=Valence|Varsovie=Warsaw|Venise=Venice|Vérone=Verona|Vienne=Vienna|Vilnius=Vilnius|Washington=Washington
Alep=Aleppo|Bassora=Basra|Beira=Beira|Bonn=Bonn|Brême=Bremen|Cadix=Cádiz|Carthagène=Cartagena|Constance=Constance
Coblence=Koblenz|Dniepr=Dnipro|Fès=Fez|Göteborg=Gothenburg|Hô-Chi-Minh-Ville=Ho Chi Minh City|Le Havre=Le Havre
Livourne=Livorno|Majorque=Mallorca|Mossoul=Mosul|Oran=Oran|Rangoun=Yangon|Saragosse=Zaragoza|Shanghaï=Shanghai
Tanger=Tangier|Tel-Aviv=Tel Aviv|Tenerife=Tenerife|Tirana=Tirana|Trévise=Treviso|Mombasa=Mombasa|Canton=Guangzhou
Yaoundé=Yaoundé|Zagreb=Zagreb|Zurich=Zurich|Aix-la-Chapelle=Aachen|Augsbourg=Augsburg|Bergame=Bergamo
Cantorbéry=Canterbury|Courtrai=Kortrijk|Ferrare=Ferrara|Fribourg-en-Brisgau=Freiburg|Gérone=Girona|Groningue=Groningen
La Corogne=A Coruña|Leyde=Leiden|Magdebourg=Magdeburg|Mantoue=Mantua|Marioupol=Mariupol|Modène=Modena|Mourmansk=Murmansk
Nijni Novgorod=Nizhny Novgorod|Nimègue=Nijmegen|Pampelune=Pamplona|Pise=Pisa|Saint-Gall=St Gallen
Saint-Jacques-de-Compostelle=Santiago de Compostela|Salamanque=Salamanca|Sarrebruck=Saarbrücken|Schaffhouse=Schaffhausen
Sébastopol=Sevastopol|Ségovie=Segovia|Soleure=Solothurn|Tarragone=Tarragona|Vicence=Vicenza
""")
_SAME = words("""
Abidjan Abuja Accra Agadir Amiens Amsterdam Angers Ankara Annecy Arles Avignon Bamako Bangkok Bangui Bayonne
Berlin Besançon Bordeaux Boulogne-sur-Mer Bourges Bratislava Brest Budapest Caen Calais Canberra Caracas
Casablanca Cayenne Chambéry Chicago Clermont-Ferrand Colmar Conakry Cotonou Dakar Dijon Doha Douala Dubaï Dublin
Dunkerque Fort-de-France Grenoble Helsinki Hong-Kong Johannesburg Kigali Kinshasa Lagos Libreville Lille Lima
Limoges Ljubljana Lomé Lorient Luanda Lusaka Lyon Madrid Manama Manille Maputo Marseille Melbourne Metz Monaco
Montevideo Montpellier Mulhouse Nairobi Namur Nancy Nantes Narbonne Niamey Nice Nouakchott Nouméa Nîmes Orléans
Oslo Ouagadougou Papeete Paris Pau Perpignan Poitiers Porto Pretoria Quimper Rabat Reims Rennes Riga Rodez
Rotterdam Rouen Saint-Denis Saint-Malo Saint-Nazaire Saint-Étienne Stockholm Strasbourg Sydney Sète Tokyo Toronto
Toulon Toulouse Tours Troyes Valenciennes Vannes Versailles
""")
_RESPELLED = {
    "Dubaï": "Dubai",
    "Dunkerque": "Dunkirk",
    "Hong-Kong": "Hong Kong",
    "Manille": "Manila",
    "Hong Kong": "Hong Kong",
}
_COUNTRIES = pairs("""
Afghanistan=Afghanistan|Afrique du Sud=South Africa|Albanie=Albania|Algérie=Algeria|Allemagne=Germany
Andorre=Andorra|Angola=Angola|Arabie saoudite=Saudi Arabia|Argentine=Argentina|Arménie=Armenia|Australie=Australia
Autriche=Austria|Azerbaïdjan=Azerbaijan|Bahreïn=Bahrain|Bangladesh=Bangladesh|Belgique=Belgium|Bénin=Benin
Bolivie=Bolivia|Bosnie-Herzégovine=Bosnia and Herzegovina|Botswana=Botswana|Brésil=Brazil|Bulgarie=Bulgaria
Burkina Faso=Burkina Faso|Burundi=Burundi|Cambodge=Cambodia|Cameroun=Cameroon|Canada=Canada|Cap-Vert=Cabo Verde
Chili=Chile|Chine=China|Chypre=Cyprus|Colombie=Colombia|Comores=Comoros|Congo=Congo|Corée du Sud=South Korea
République de Corée=Republic of Korea|Costa Rica=Costa Rica|Côte d’Ivoire=Côte d’Ivoire|Croatie=Croatia|Cuba=Cuba
Danemark=Denmark|Égypte=Egypt|Émirats arabes unis=United Arab Emirates|Équateur=Ecuador|Espagne=Spain
Estonie=Estonia|États-Unis=United States|États-Unis d’Amérique=United States of America|Éthiopie=Ethiopia|Fidji=Fiji
Finlande=Finland|France=France|Gabon=Gabon|Gambie=Gambia|Géorgie=Georgia|Ghana=Ghana|Grèce=Greece
Guatemala=Guatemala|Guinée=Guinea|Haïti=Haiti|Honduras=Honduras|Hongrie=Hungary|Inde=India|Indonésie=Indonesia
Irak=Iraq|Iraq=Iraq|Iran=Iran|Irlande=Ireland|Islande=Iceland|Israël=Israel|Italie=Italy|Jamaïque=Jamaica
Japon=Japan|Jordanie=Jordan|Kazakhstan=Kazakhstan|Kenya=Kenya|Koweït=Kuwait|Laos=Laos|Lettonie=Latvia|Liban=Lebanon
Libéria=Liberia|Libye=Libya|Lituanie=Lithuania|Luxembourg=Luxembourg|Macédoine du Nord=North Macedonia
Madagascar=Madagascar|Malaisie=Malaysia|Mali=Mali|Malte=Malta|Maroc=Morocco|Maurice=Mauritius|Mauritanie=Mauritania
Mexique=Mexico|Moldavie=Moldova|Monaco=Monaco|Mongolie=Mongolia|Monténégro=Montenegro|Mozambique=Mozambique
Namibie=Namibia|Népal=Nepal|Niger=Niger|Nigéria=Nigeria|Norvège=Norway|Nouvelle-Zélande=New Zealand|Oman=Oman
Ouganda=Uganda|Ouzbékistan=Uzbekistan|Pakistan=Pakistan|Panama=Panama|Paraguay=Paraguay|Pays-Bas=Netherlands
Pérou=Peru|Philippines=Philippines|Pologne=Poland|Portugal=Portugal|Qatar=Qatar
République centrafricaine=Central African Republic|République dominicaine=Dominican Republic
République démocratique du Congo=Democratic Republic of the Congo|République tchèque=Czech Republic|Tchéquie=Czechia
Roumanie=Romania|Royaume-Uni=United Kingdom|Russie=Russia|Rwanda=Rwanda|Sénégal=Senegal|Serbie=Serbia
Singapour=Singapore|Slovaquie=Slovakia|Slovénie=Slovenia|Soudan=Sudan|Suède=Sweden|Suisse=Switzerland|Syrie=Syria
Tadjikistan=Tajikistan|Tanzanie=Tanzania|Tchad=Chad|Thaïlande=Thailand|Togo=Togo|Tunisie=Tunisia|Turquie=Türkiye
Turkménistan=Turkmenistan|Ukraine=Ukraine|Uruguay=Uruguay|Venezuela=Venezuela|Viet Nam=Viet Nam|Vietnam=Viet Nam
Yémen=Yemen|Zambie=Zambia|Zimbabwe=Zimbabwe|Angleterre=England|Écosse=Scotland|Pays de Galles=Wales
Corée du Nord=North Korea|Guinée équatoriale=Equatorial Guinea|Guinée-Bissau=Guinea-Bissau|Soudan du Sud=South Sudan
Somalie=Somalia|Kosovo=Kosovo|Palestine=Palestine|Papouasie-Nouvelle-Guinée=Papua New Guinea|Salvador=El Salvador
Trinité-et-Tobago=Trinidad and Tobago|Sierra Leone=Sierra Leone|Érythrée=Eritrea|Bélarus=Belarus|Biélorussie=Belarus
Kirghizistan=Kyrgyzstan|Seychelles=Seychelles|Maldives=Maldives|Eswatini=Eswatini|Lesotho=Lesotho|Malawi=Malawi
Myanmar=Myanmar|Birmanie=Myanmar|Nicaragua=Nicaragua|Suriname=Suriname|Guyana=Guyana|Timor-Leste=Timor-Leste
Bretagne=Brittany|Corse=Corsica|Normandie=Normandy|Bourgogne=Burgundy|Savoie=Savoy|Catalogne=Catalonia
Bavière=Bavaria|Rhénanie=Rhineland
Antarctique=Antarctica|Antigua-et-Barbuda=Antigua and Barbuda|Barbade=Barbados|Bermudes=Bermuda|Brunei=Brunei
Bahamas=Bahamas|Belize=Belize|Bhoutan=Bhutan|Curaçao=Curaçao|Sahara occidental=Western Sahara
Îles Malouines=Falkland Islands|Micronésie=Micronesia|Îles Féroé=Faroe Islands|Guyane française=French Guiana
Guernesey=Guernsey|Gibraltar=Gibraltar|Groenland=Greenland|Guadeloupe=Guadeloupe|Guam=Guam
Îles Canaries=Canary Islands|Île de Man=Isle of Man|Jersey=Jersey|Kirghizstan=Kyrgyzstan|Kiribati=Kiribati
Saint-Christophe-et-Niévès=Saint Kitts and Nevis|Saint-Kitts-et-Nevis=Saint Kitts and Nevis
Îles Caïmans=Cayman Islands|Sainte-Lucie=Saint Lucia|Liechtenstein=Liechtenstein|Sri Lanka=Sri Lanka
Îles Marshall=Marshall Islands|Îles Cook=Cook Islands|Martinique=Martinique|Nouvelle-Calédonie=New Caledonia
Nauru=Nauru|Polynésie française=French Polynesia|Porto Rico=Puerto Rico|Palaos=Palau
Îles Salomon=Solomon Islands|Sainte-Hélène=Saint Helena|Saint-Marin=San Marino
Sao Tomé-et-Principe=Sao Tome and Principe|Îles Turques-et-Caïques=Turks and Caicos Islands
Timor oriental=Timor-Leste|Tonga=Tonga|Tuvalu=Tuvalu|Taïwan=Taiwan|Vanuatu=Vanuatu|Samoa=Samoa
Saint-Vincent-et-les-Grenadines=Saint Vincent and the Grenadines|Îles Vierges britanniques=British Virgin Islands
Îles Vierges américaines=US Virgin Islands|Mayotte=Mayotte|Wallis-et-Futuna=Wallis and Futuna
Congo-Brazzaville=Congo-Brazzaville|Congo-Kinshasa=Congo-Kinshasa|Viêt Nam=Viet Nam|Aruba=Aruba|Djibouti=Djibouti
Grande-Bretagne=Great Britain|Irlande du Nord=Northern Ireland|Libéria=Liberia|Vatican=Vatican|Tchétchénie=Chechnya
Crimée=Crimea|Sicile=Sicily|Sardaigne=Sardinia|Crète=Crete|Andalousie=Andalusia|Toscane=Tuscany|Lombardie=Lombardy
Flandre=Flanders|Wallonie=Wallonia|Kurdistan=Kurdistan|Cachemire=Kashmir|Sibérie=Siberia
""")
#: Names that are not those above, and right as well: one or several.
_OTHERWISE = pairs("""
Côte d’Ivoire=Ivory Coast|Türkiye=Turkey|Czechia=Czech Republic|Czech Republic=Czechia|Viet Nam=Vietnam
Cabo Verde=Cape Verde|Myanmar=Burma|Timor-Leste=East Timor|United States=US|United Kingdom=UK|Kyiv=Kiev
United Arab Emirates=UAE|Saint Petersburg=St Petersburg|Democratic Republic of the Congo=DRC|Marrakesh=Marrakech
Saint Kitts and Nevis=St Kitts and Nevis|Saint Lucia=St Lucia|Saint Helena=St Helena|Russia=Russian Federation
Sao Tome and Principe=São Tomé and Príncipe|Kraków=Krakow|Bogotá=Bogota|São Paulo=Sao Paulo
A Coruña=La Coruña/Corunna|St Gallen=St. Gallen/Saint Gallen/St Gall
Saint Vincent and the Grenadines=St Vincent and the Grenadines|Antigua and Barbuda=Antigua & Barbuda
Bosnia and Herzegovina=Bosnia & Herzegovina|Trinidad and Tobago=Trinidad & Tobago|Eswatini=Swaziland
Congo-Brazzaville=Republic of the Congo|Congo-Kinshasa=Democratic Republic of the Congo
""")
#: Parts of the world, with the adjectives that English may make of them.
_REGIONS = pairs("""
Afrique de l’Ouest=West Africa/Western Africa/West African|Afrique occidentale=West Africa/Western Africa/West African
Afrique de l’Est=East Africa/Eastern Africa/East African|Afrique orientale=East Africa/Eastern Africa/East African
Afrique centrale=Central Africa/Middle Africa/Central African|Afrique australe=Southern Africa/Southern African
Afrique du Nord=North Africa/Northern Africa/North African|Afrique de l’Ouest et du Centre=West and Central Africa
Afrique subsaharienne=sub-Saharan Africa/sub-Saharan African|Corne de l’Afrique=Horn of Africa
Amérique du Nord=North America/Northern America/North American|Amérique du Sud=South America/South American
Amérique latine=Latin America/Latin American|Amérique centrale=Central America/Central American
Asie du Sud-Est=Southeast Asia/South-East Asia/South East Asia/Southeast Asian/South-East Asian/South-Eastern Asia
Asie du Sud=South Asia/Southern Asia/South Asian|Asie centrale=Central Asia/Central Asian
Asie de l’Est=East Asia/Eastern Asia/East Asian|Asie orientale=East Asia/Eastern Asia/East Asian
Asie de l’Ouest=Western Asia/West Asia/Western Asian|Asie occidentale=Western Asia/West Asia/Western Asian
Asie du Nord-Est=Northeast Asia/North-East Asia/Northeast Asian|Asie-Pacifique=Asia-Pacific/Asia and the Pacific
Europe de l’Est=Eastern Europe/Eastern European/East European|Europe orientale=Eastern Europe/Eastern European
Europe de l’Ouest=Western Europe/Western European/West European|Europe occidentale=Western Europe/Western European
Europe du Nord=Northern Europe/Northern European/North European|Europe centrale=Central Europe/Central European
Europe du Sud=Southern Europe/Southern European/South European|Europe méridionale=Southern Europe/Southern European
Europe du Sud-Est=South-Eastern Europe/Southeastern Europe/Southeast Europe/South-East Europe/South-Eastern European
Moyen-Orient=Middle East/Middle Eastern/Mideast|Proche-Orient=Middle East/Near East/Middle Eastern/Near Eastern
Extrême-Orient=Far East/Far Eastern|Caraïbes=Caribbean|Caraïbe=Caribbean|Balkans=Balkans/Balkan|Sahel=Sahel/Sahelian
Balkans occidentaux=Western Balkans/Western Balkan|Maghreb=Maghreb/Maghrebi|Caucase=Caucasus/Caucasian
Scandinavie=Scandinavia/Scandinavian|Océanie=Oceania/Oceanian|Amériques=Americas|Mélanésie=Melanesia/Melanesian
Péninsule arabique=Arabian Peninsula|Pays baltes=Baltic States/Baltic countries|Antilles=West Indies/Antilles/Caribbean
""")


def _key(name: str) -> str:
    """A place without accents, hyphens, apostrophes and case."""
    return " ".join(re.findall(r"[^\W_]+", fold(name)))


@cache
def _cities() -> dict[str, str]:
    table = _keyed(_CITIES) | {_key(name): _RESPELLED.get(name, name) for name in _SAME}
    return table | {_key(name): english for name, english in _RESPELLED.items()}


@cache
def _countries() -> dict[str, str]:
    return _keyed(_COUNTRIES)


def _keyed(table: dict[str, str]) -> dict[str, str]:
    return {_key(french): english for french, english in table.items()}


def english_city(name: str) -> str | None:
    """The English name of a city, capitals kept (``"GENÈVE"`` gives ``"GENEVA"``); None when it is not in the table."""
    return _cased(name, _cities().get(_key(name)))


def english_country(name: str) -> str | None:
    """The English name of a country or region; None when it is not in the table."""
    return _cased(name, _countries().get(_key(name)))


def english_place(name: str) -> str:
    """The English name of a city, country or region, the name as written when no table has it."""
    return english_city(name) or english_country(name) or next(iter(english_region(name)), name)


def ways(english: str) -> tuple[str, ...]:
    """A name of ``english_city`` or ``english_country``, and what else the place is rightly called."""
    others = _OTHERWISE.get(english)
    return (english, *others.split("/")) if others else (english,)


@cache
def _regions() -> dict[str, tuple[str, ...]]:
    return {_key(french): tuple(english.split("/")) for french, english in _REGIONS.items()}


def english_region(name: str) -> tuple[str, ...]:
    """The English names of a part of the world, its adjectives last; () when it is not in the table."""
    return _regions().get(_key(name), ())


def is_place(name: str) -> bool:
    """Whether one of the tables has a name."""
    return any(_key(name) in table for table in (_cities(), _countries(), _regions()))


@cache
def _english() -> frozenset[str]:
    """The English names of towns and countries, as keys."""
    tables = (_CITIES, _RESPELLED, _COUNTRIES, _OTHERWISE)
    others = (way for table in tables for english in table.values() for way in english.split("/"))
    return frozenset(_key(name) for name in (*_SAME, *others))


def is_english_place(name: str) -> bool:
    """Whether a town or country of the tables is called so in English."""
    return _key(name) in _english()


def _cased(asked: str, found: str | None) -> str | None:
    return found.upper() if found and asked.isupper() else found
